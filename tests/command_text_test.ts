import { assertEquals } from "@std/assert";
import { commandText, INSTALLED_NAMES } from "../src/command_text.ts";

Deno.test("commandText() puts words in quotes where a shell would read them as something else", () => {
  assertEquals(commandText(["plan", "a/b-c_1.yaml"]), "deno task plan a/b-c_1.yaml");
  assertEquals(commandText(["plan", "it's #1.yaml"]), `deno task plan 'it'\\''s #1.yaml'`);
  assertEquals(commandText(["sweep", "x.yaml", "--set", ""]), "deno task sweep x.yaml --set ''");
});

Deno.test("commandText() names the installed command, and the one that may start programs", () => {
  const text = (...words: string[]) => commandText(words, INSTALLED_NAMES);
  assertEquals(text("plan", "my table.yaml"), "regsweep plan 'my table.yaml'");
  assertEquals(text("sweep-program", "a.yaml"), "regsweep-program sweep a.yaml");
});
