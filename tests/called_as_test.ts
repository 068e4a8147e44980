import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { typedWords } from "../src/called_as.ts";
import { PROJECT } from "./end_to_end/_task.ts";

const FIXTURE = join(PROJECT, "tests/cli/fixtures/call_text.ts");

/** How a command is called, by the words before it, in some folder. */
async function called(cwd: string, first: readonly string[], ...words: string[]): Promise<string> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-A", FIXTURE, JSON.stringify(first), ...words],
    cwd,
  }).output();
  const text = new TextDecoder();
  assertEquals(text.decode(stderr), "");
  return text.decode(stdout);
}

Deno.test("callText() names a command as it was called", async () => {
  const elsewhere = Deno.makeTempDirSync({ prefix: "regsweep-" });
  try {
    const words = ["plan", "my table.yaml"];
    const task = await called(PROJECT, [`--from=${elsewhere}`], ...words);
    assertEquals(task, "deno task plan 'my table.yaml'");
    assertEquals(await called(PROJECT, [], ...words), "deno task plan 'my table.yaml'");
    const installed = await called(elsewhere, ["--installed=/c"], ...words);
    assertEquals(installed, "regsweep plan 'my table.yaml'");
    const main = join(PROJECT, "src", "main.ts");
    assertEquals(
      await called(elsewhere, [], ...words),
      `deno run -A ${main} plan 'my table.yaml'`,
    );
  } finally {
    Deno.removeSync(elsewhere);
  }
});

Deno.test("callText() knows what may start programs", async () => {
  const words = ["sweep-program", "a.yaml"];
  assertEquals(await called(PROJECT, [], ...words), "deno task sweep-program a.yaml");
  assertEquals(await called("/", ["--installed=/c"], ...words), "regsweep-program sweep a.yaml");
  const main = join(PROJECT, "src", "main.ts");
  assertEquals(await called("/", [], ...words), `deno run -A ${main} sweep a.yaml`);
});

Deno.test("typedWords() quotes words as the system's shells read them", () => {
  const words = ["plan", "C:\\my tables\\a.yaml", "--only=a>1"];
  assertEquals(typedWords(words, "windows"), 'plan "C:\\my tables\\a.yaml" "--only=a>1"');
  assertEquals(typedWords(["plan", "it's.yaml"], "linux"), "plan 'it'\\''s.yaml'");
});
