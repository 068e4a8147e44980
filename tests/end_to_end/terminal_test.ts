import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { IS_CI } from "../_ci.ts";
import { PROJECT, taskCommand } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const EXPERIMENT = `
fixed: { hidden: [32, 32], evaluate_every: 500 }
grid: { l1_penalty: [0, 0.001], steps: [2000, 3000] }
seeds: 6
`;

Deno.test("sweep: on a terminal, one line of progress is drawn over and erased", async (test) => {
  await Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const command = [
      "stty columns 70;",
      ...taskCommand("sweep", [file, "--reports", workspace.path("out")]),
    ].join(" ");
    const output = await onTerminal(command);
    await test.step({
      name: output === undefined ? "skipped: there is no script command" : "as script records it",
      ignore: output === undefined && !IS_CI,
      fn: () => {
        const [bars, summary] = split(output ?? "", "points: 24 runs, 24 trained");
        const drawn = bars.split("\r").filter((line) => line !== "");
        assert(drawn.length > 3, bars);
        assert(drawn.every((line) => line.endsWith("\x1b[K") && !line.includes("\n")), bars);
        assert(drawn.every((line) => [...line].length - "\x1b[K".length < 70), bars);
        assertEquals(drawn.at(-1), "\x1b[K");
        assert(
          drawn.some((line) =>
            /^[█░]+ {2}\d+\/24 runs {2}.+\/s {2}.+ left {2}best [\d.]+%/.test(line)
          ),
          bars,
        );
        assertStringIncludes(summary, "report.html");
      },
    });
  });
});

/** What a shell's command shows on a terminal; nothing if there is no way to find out. */
async function onTerminal(command: string): Promise<string | undefined> {
  try {
    const { stdout } = await new Deno.Command("script", {
      args: ["--quiet", "--command", command, "/dev/null"],
      cwd: PROJECT,
      env: { NO_COLOR: "1", TERM: "xterm" },
      stdin: "null",
    }).output();
    return new TextDecoder().decode(stdout);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}

function split(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  assert(at >= 0, text);
  return [text.slice(0, at), text.slice(at)];
}
