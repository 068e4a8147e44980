import { assertEquals } from "@std/assert";
import { commandText } from "../src/command_text.ts";

Deno.test("commandText() puts words in quotes where a shell would read them as something else", () => {
  assertEquals(commandText(["plan", "a/b-c_1.yaml"]), "deno task plan a/b-c_1.yaml");
  assertEquals(commandText(["plan", "it's #1.yaml"]), `deno task plan 'it'\\''s #1.yaml'`);
  assertEquals(commandText(["sweep", "x.yaml", "--set", ""]), "deno task sweep x.yaml --set ''");
});
