import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { textWidth } from "../../src/cli/text_width.ts";
import { IS_CI } from "../_ci.ts";
import { FakeTerminal } from "../cli/_fake_terminal.ts";
import { PROJECT, taskCommand } from "./_task.ts";
import { Workspace } from "./_workspace.ts";

const EXPERIMENT = `
fixed: { hidden: [32, 32], evaluate_every: 500 }
grid: { l1_penalty: [0, 0.001], steps: [6000, 9000] }
seeds: 6
`;

Deno.test("sweep: on a terminal, lines of progress are drawn over and erased", async (test) => {
  await Workspace.use(async (workspace) => {
    const file = await workspace.experiment(EXPERIMENT);
    const command = [
      "stty columns 70;",
      ...taskCommand("sweep", [file, "--reports", workspace.path("out"), "--notify"]),
    ].join(" ");
    const output = await onTerminal(command);
    await test.step({
      name: output === undefined ? "skipped: there is no script command" : "as script records it",
      ignore: output === undefined && !IS_CI,
      fn: () => {
        const terminal = new FakeTerminal(70);
        const screens = (output ?? "").split("\x1b[J").map((piece) => {
          terminal.write(`${piece}\x1b[J`);
          return terminal.shown;
        });
        const drawn = screens.filter(([first = ""]) => /^[█░]/.test(first));
        assert(drawn.length > 3, output);
        for (const screen of drawn) {
          assert(
            screen.length <= 5 && screen.every((row) => textWidth(row) < 70),
            screen.join("\n"),
          );
        }
        const first = drawn.map(([first]) => first);
        assert(
          first.some((line) => /^[█░]+ {2}\d+\/24 runs {2}.+ left {2}.+\/s$/.test(line)),
          output,
        );
        assert(drawn.some((rows) => /^best so far, points against /.test(rows[1] ?? "")), output);
        // Scoring goes on where training ended.
        const filled = first.map((line) => line.replace(/[^█].*/, "").length);
        assertEquals(filled.at(-1), Math.max(...filled));
        const shown = terminal.shown.join("\n");
        assert(!/[█░]|so far/.test(shown), shown);
        assertStringIncludes(shown, "points: 24 runs, 24 trained");
        const path = workspace.path("out", "points", "report.html");
        assertStringIncludes(output ?? "", `\x1b]8;;file://${path}\x1b\\${path}\x1b]8;;\x1b\\`);
        // NO_COLOR is set.
        assert(!(output ?? "").includes("\x1b[1m"), output);
        assert(output?.endsWith("\x07"), output);
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
