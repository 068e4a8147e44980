import { assertEquals } from "@std/assert";
import { Markup } from "../../../src/report/markup.ts";
import { notesBlock, tagList } from "../../../src/report/sections/labels.ts";
import { HOSTILE_TEXT } from "../_hostile_input.ts";

function htmlOf(part: Markup | string): string {
  return part instanceof Markup ? part.text : part;
}

Deno.test("tagList() has an item for each tag, as text", () => {
  const html = htmlOf(tagList(["paper", HOSTILE_TEXT]));
  assertEquals(html.match(/<\w+/g), ["<ul", "<li", "<bdi", "<li", "<bdi"]);
  assertEquals([tagList(), tagList([])], ["", ""]);
});

Deno.test("notesBlock() keeps lines, and opens unless there are many or long ones", () => {
  const isOpen = (notes: string) =>
    htmlOf(notesBlock(notes)).startsWith('<details class="notes" open>');
  assertEquals(isOpen("Two\n  lines."), true);
  assertEquals(htmlOf(notesBlock("Two\n  lines.")).includes("<bdi>Two\n  lines.</bdi>"), true);
  assertEquals(isOpen("\n".repeat(6)), false);
  assertEquals(isOpen("x".repeat(401)), false);
  assertEquals(notesBlock(), "");
});

Deno.test("notesBlock() shows markup as text", () => {
  const html = htmlOf(notesBlock(`${HOSTILE_TEXT}\n</details><h1>`));
  assertEquals(html.match(/<\w+/g), ["<details", "<summary", "<p", "<bdi"]);
});
