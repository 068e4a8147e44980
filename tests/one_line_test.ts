import { assertEquals } from "@std/assert";
import { joinLines, oneLine } from "../src/one_line.ts";

Deno.test("oneLine() shows where a text would end the line", () => {
  assertEquals(oneLine("a\nb\r\nc\rd\u2028e\u2029f"), "a↵b↵c↵d↵e↵f");
  assertEquals(oneLine("a\tb c"), "a\tb c");
});

Deno.test("joinLines() gives as many lines as it is given", () => {
  assertEquals(joinLines(["a\nPASS", "", "b"]), "a↵PASS\n\nb");
});
