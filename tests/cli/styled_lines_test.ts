import { assertEquals } from "@std/assert";
import { styled, type StyledLine } from "../../src/cli/styled_lines.ts";

const LINES: readonly StyledLine[] = [
  { text: "plain" },
  { text: "more", isDim: true },
  { text: "better: a", marked: { text: "better:", colour: "green" } },
  { text: "undecided: a", marked: { text: "undecided:" } },
  // What a verdict begins goes on in a second line.
  { text: "of a", marked: { text: "better:", colour: "green" } },
  { text: "a.html", href: "file:///a.html" },
];

Deno.test("styled() sets lines apart where there are colours, and links where they can be followed", () => {
  assertEquals(LINES.map((line) => styled(line, { colours: true, links: true })), [
    "plain",
    "\x1b[2mmore\x1b[22m",
    "\x1b[32m\x1b[1mbetter:\x1b[22m\x1b[39m a",
    "\x1b[1mundecided:\x1b[22m a",
    "of a",
    "\x1b]8;;file:///a.html\x1b\\a.html\x1b]8;;\x1b\\",
  ]);
});

Deno.test("styled() is the text alone elsewhere", () => {
  const texts = LINES.map(({ text }) => text);
  assertEquals(LINES.map((line) => styled(line, { colours: false, links: false })), texts);
});
