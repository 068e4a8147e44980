import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import { compressText, decompressText } from "../../../src/report/page/compress_text.ts";

Deno.test("compressText() holds any text in characters that HTML takes as they are", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const compressed = compressText(text);
    assertMatch(compressed, /^[\w+/=]*$/);
    assertEquals(decompressText(compressed), text);
  }));
});

Deno.test("compressText() makes what repeats small, and always gives the same", () => {
  const text = JSON.stringify(Array.from({ length: 1000 }, (_, step) => ({ step, name: "L1" })));
  assert(compressText(text).length < text.length / 4);
  assertEquals(compressText("a report"), "S1QoSi3ILyoBAA==");
});
