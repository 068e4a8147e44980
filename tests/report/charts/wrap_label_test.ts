import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { wrapLabel } from "../../../src/report/charts/_wrap_label.ts";

Deno.test("wrapLabel() ends lines between values, then between words", () => {
  assertEquals(
    wrapLabel("l1_penalty=0.001 l2_penalty=0.01 dropout=0", 24),
    [
      "l1_penalty=0.001",
      "l2_penalty=0.01 dropout=0",
    ].flatMap((line) => line.length <= 24 ? [line] : line.split(" ")),
  );
  assertEquals(wrapLabel("dropout 0.5 + L2 penalty 0.001", 24), [
    "dropout 0.5 +",
    "L2 penalty 0.001",
  ]);
  assertEquals(wrapLabel("a long name, number 7", 12), ["a long name,", "number 7"]);
});

Deno.test("wrapLabel() keeps a value in one piece where its key leaves no room for it", () => {
  assertEquals(wrapLabel("learning_rate=0.0127861", 20), ["learning_rate=", "0.0127861"]);
});

Deno.test("wrapLabel() loses nothing and keeps to the width", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme-ascii" }),
      fc.integer({ min: 1, max: 30 }),
      (name, most) => {
        const lines = wrapLabel(name, most);
        assert(lines.every((line) => line.length <= most), JSON.stringify(lines));
        assertEquals(lines.join("").replaceAll(" ", ""), name.replaceAll(" ", ""));
      },
    ),
  );
});
