import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { parse } from "yaml";
import { COMMANDS } from "../../src/cli/commands.ts";
import { blocksOf, commandsOf, matchesOutput, readPages } from "../_markdown.ts";
import { compileInAMoment } from "./_native_copy.ts";
import { copyFolder, ProjectCopy } from "./_project_copy.ts";
import { runHere } from "./_run_here.ts";
import { PROJECT } from "./_task.ts";

/** The commands of docs/trainers.md are run elsewhere, by trainers_page_test.ts. */
const PAGES = (await readPages()).filter(({ path }) => path !== "docs/trainers.md");
const BLOCKS = PAGES.flatMap(blocksOf);
/** The sweep that is committed. */
const SAMPLE = "reports/sample";

/** Commands that take minutes or a cluster, and those that read what the former write. */
const NOT_RUN = [
  /^(sweep|verify) \S*\/l1-vs-l2/,
  /^compare .*l1-vs-l2/,
  /^(status|cancel) /,
  / --launcher slurm/,
];

/** Each once, in the order of the pages; with its output, if some page shows that. */
const SHORT_COMMANDS = [
  ...Map.groupBy(
    PAGES.flatMap(commandsOf).map((command) => {
      const [task, ...args] = command.words;
      return { ...command, task, args, line: command.words.join(" ") };
    }),
    ({ line }) => line,
  ).values(),
]
  .map((same) => same.find(({ output }) => output !== undefined) ?? same[0])
  .filter(({ task }) => COMMANDS.some(({ name }) => name === task))
  .filter(({ line }) => !NOT_RUN.some((pattern) => pattern.test(line)));

/** An experiment that a page shows under a file's name, for its commands to name. */
const FILE_NAME = /^# ([\w-]+\.yaml)\n/;

Deno.test("the documentation's experiments are right, and its short commands do what it shows", (test) =>
  withProject(async (copy) => {
    for (const { text } of BLOCKS.filter(({ language }) => language === "yaml")) {
      const [, name] = text.match(FILE_NAME) ?? [];
      if (name !== undefined) await Deno.writeTextFile(copy.path(name), text);
    }
    for (const { place, text } of BLOCKS.filter(({ language }) => language === "yaml")) {
      const parts = parse(text);
      if (parts === null || FILE_NAME.test(text)) continue;
      await test.step(`${place} is right`, async () => {
        // A part of an experiment extends one that is shipped.
        const name = "name" in parts ? "" : "name: part\n";
        const base = "name" in parts || "extends" in parts ? "" : "extends: quick.yaml\n";
        await Deno.writeTextFile(copy.path("experiments/part.yaml"), name + base + text);
        const file = copy.path("experiments/part.yaml");
        const { code, stderr } = await runHere("plan", file, "--reports", copy.path("reports"));
        assertEquals([code, stderr], [0, ""]);
      });
    }
    for (const { place, line, task, args, output } of SHORT_COMMANDS) {
      await test.step(`${place}: deno task ${line}`, async () => {
        const { code, stdout, stderr } = await copy.runTask(task, ...args);
        // On a busy machine, a sweep that goes well shows its progress there.
        if (output === undefined) assertEquals(code, 0, stderr);
        else if (code === 0) assert(matchesOutput(stdout, output), stdout);
        else assert(matchesOutput(stderr, output), stderr);
      });
    }
    await test.step(`none of them writes to ${SAMPLE}`, async () => {
      for await (const { name } of Deno.readDir(copy.path(SAMPLE))) {
        const [now, before] = await Promise.all(
          [copy.path(SAMPLE), join(PROJECT, SAMPLE)].map((path) => Deno.readFile(join(path, name))),
        );
        assertEquals(now, before, name);
      }
    });
  }));

Deno.test("some of the documentation's commands are short", () => {
  assert(SHORT_COMMANDS.length > 15);
  assert(SHORT_COMMANDS.some(({ output }) => output !== undefined));
});

Deno.test("experiments that the documentation names are used by its commands", () => {
  const named = BLOCKS.flatMap(({ language, text }) =>
    language === "yaml" ? text.match(FILE_NAME)?.slice(1) ?? [] : []
  );
  const used = new Set(PAGES.flatMap(commandsOf).flatMap(({ words }) => words));
  assertEquals(named.filter((name) => !used.has(name)), []);
});

/** Does work in a copy of the project with its experiments, data and sample. */
async function withProject(work: (copy: ProjectCopy) => Promise<void>): Promise<void> {
  await ProjectCopy.use(async (copy) => {
    await compileInAMoment(copy);
    await Deno.mkdir(copy.path("reports"));
    for (const folder of ["experiments", "data", SAMPLE]) {
      await copyFolder(join(PROJECT, folder), copy.path(folder));
    }
    // Tables that docs/elsewhere.md names.
    const tables = join(PROJECT, "tests/fixtures/import");
    for await (const { name } of Deno.readDir(tables)) {
      if (name.endsWith(".csv")) await Deno.copyFile(join(tables, name), copy.path(name));
    }
    await work(copy);
  });
}
