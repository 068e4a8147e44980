import { assertEquals } from "@std/assert";
import { wrap, wrapLines } from "../../src/cli/wrap.ts";

Deno.test("wrap() breaks between words, and not within one that is too long", () => {
  assertEquals(wrap("Cannot read reports/a/long/path: none", 12), [
    "Cannot read",
    "reports/a/long/path:",
    "none",
  ]);
});

Deno.test("wrapLines() leaves lines of files and their carets as they are", () => {
  const text = "e.yaml:3:1: Unknown key\n  3 | a very long line\n    | ^^^\nmore words";
  assertEquals(wrapLines(text, 12), [
    "e.yaml:3:1:",
    "Unknown key",
    "  3 | a very long line",
    "    | ^^^",
    "more words",
  ]);
});
