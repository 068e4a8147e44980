import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { delimiter, dirname, join } from "node:path";
import { IS_CI } from "../_ci.ts";
import { HANG_SECONDS } from "../_hang_seconds.ts";
import { inFolder } from "../_in_folder.ts";
import { blocksOf, matchesOutput, readPages, shownCommands } from "../_markdown.ts";
import { pythonWith } from "../_python_with.ts";
import { PROJECT } from "./_task.ts";

const PAGE = "docs/trainers.md";
const PYTHON = await pythonWith("json");
if (PYTHON === undefined && IS_CI) throw new Error("There is no python3");

/** A file that the page shows under its name. */
const FILE_NAME = /^(?:#|\/\/) ([\w-]+\.(?:ts|py|yaml))\n/;

/** An empty folder beside one called regsweep, which is the project. */
interface Surroundings {
  readonly folder: string;
  /** Where a user's settings are. */
  readonly state: string;
}

Deno.test(`${PAGE} leads from nothing to reports, in an empty folder elsewhere`, (test) =>
  withSurroundings(async (surroundings) => {
    const page = (await readPages()).find(({ path }) => path === PAGE);
    const blocks = page ? blocksOf(page) : [];
    assert(blocks.filter(({ language }) => /^(sh|console)$/.test(language)).length >= 4);
    for (const block of blocks) {
      const [, name] = block.text.match(FILE_NAME) ?? [];
      if (name !== undefined) await Deno.writeTextFile(join(surroundings.folder, name), block.text);
      for (const { command, output } of shownCommands(block)) {
        const ignore = command.includes("-program ") && PYTHON === undefined;
        await test.step({
          name: `${block.place}: ${command}${ignore ? " (skipped: there is no python3)" : ""}`,
          ignore,
          fn: () => runAsShown(command, output, surroundings),
        });
      }
    }
    const reports = [...Deno.readDirSync(join(surroundings.folder, "reports"))]
      .map(({ name }) => name).sort();
    const written = PYTHON === undefined ? [] : ["bayes", "compress"];
    assertEquals(reports, [...written, "index.html", "softmax", "store"]);
  }));

/** Runs a command as a user's shell would. */
async function runAsShown(
  command: string,
  shown: string | undefined,
  { folder, state }: Surroundings,
): Promise<void> {
  // There is no terminal to ask at.
  const answered = / (sweep|train|verify)-program /.test(command) ? `${command} --yes` : command;
  const path = [dirname(Deno.execPath()), Deno.env.get("PATH")].join(delimiter);
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", answered],
    cwd: folder,
    env: { NO_COLOR: "1", INIT_CWD: folder, PATH: path, XDG_STATE_HOME: state },
    stdin: "null",
    signal: AbortSignal.timeout(1000 * HANG_SECONDS),
  }).output();
  const [printed, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assertEquals(code, 0, said);
  if (shown !== undefined) assert(matchesOutput(printed, shown), printed);
  if (command.includes(" sweep")) assertStringIncludes(printed, "report.html");
}

function withSurroundings(work: (surroundings: Surroundings) => Promise<void>): Promise<void> {
  return inFolder(async (root) => {
    await Deno.symlink(PROJECT, join(root, "regsweep"));
    const surroundings = { folder: join(root, "models"), state: join(root, "state") };
    await Deno.mkdir(surroundings.folder);
    await work(surroundings);
  });
}
