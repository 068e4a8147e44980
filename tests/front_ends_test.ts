import { assert, assertEquals } from "@std/assert";
import ts from "typescript";
import { parseSource, readSource, sourceFilesIn, visitNodes } from "./_source_files.ts";

/** What belongs to a front end: what a terminal shows, and what a command line gives. */
const TERMINAL = new Set(["args", "exit", "stderr", "stdin", "stdout", "consoleSize", "exitCode"]);

/** Where a file uses the terminal, the command line or the exit code. */
function frontEndUses(source: ts.SourceFile): string[] {
  const uses: string[] = [];
  visitNodes(source, (node) => {
    if (!ts.isIdentifier(node)) return;
    const { parent } = node;
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
    if (isMember) {
      const isDenos = parent.expression.getText(source) === "Deno";
      if (isDenos && TERMINAL.has(node.text)) uses.push(parent.getText(source));
    } else if (["console", "process", "alert", "confirm", "prompt"].includes(node.text)) {
      if (!ts.isPropertyAssignment(parent)) uses.push(node.text);
    }
  });
  return uses;
}

Deno.test("frontEndUses() finds what prints, reads arguments and exits", () => {
  const found = (text: string) => frontEndUses(parseSource("a.ts", text));
  assertEquals(found("console.log(1); Deno.stdout.writeSync(bytes);"), ["console", "Deno.stdout"]);
  assertEquals(found("if (Deno.args.length > 0) Deno.exit(1);"), ["Deno.args", "Deno.exit"]);
  assertEquals(found("Deno.exitCode = 1; process.exit(1);"), ["Deno.exitCode", "process"]);
  assertEquals(found("const { args } = submission; Deno.env.get(args.exit);"), []);
});

Deno.test("everything below cli/ leaves the terminal to the front end that calls it", async () => {
  const folders = ["dataset", "experiment", "report", "results", "statistics", "store"];
  const files = [...folders, "sweep", "verify", "wording"].flatMap((folder) =>
    sourceFilesIn(`src/${folder}`)
  );
  assert(files.includes("src/sweep/sweep_experiment.ts"));
  const uses = await Promise.all(files.map(async (file) => {
    return frontEndUses(await readSource(file)).map((use) => `${file}: ${use}`);
  }));
  assertEquals(uses.flat(), []);
});

Deno.test("the command that sweeps has no work of its own", async () => {
  const { text } = await readSource("src/cli/sweep.ts");
  assert(text.split("\n").length < 90);
});
