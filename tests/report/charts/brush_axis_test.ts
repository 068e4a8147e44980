import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  type BrushAxis,
  conditionsIn,
  spansOf,
  withConditions,
} from "../../../src/report/charts/brush_axis.ts";

const HEIGHTS = [0.07, 0.95] as const;
/** Four decades, so that each takes 0.22 of the height. */
const PENALTY: BrushAxis = {
  key: "l2_penalty",
  numbers: { scale: { type: "log" }, ends: [1e-5, 0.1], heights: HEIGHTS },
};
const DROPOUT: BrushAxis = {
  key: "dropout",
  numbers: {
    scale: { type: "symlog", constant: 0.1 },
    ends: [0, 0.5],
    heights: HEIGHTS,
    few: [0, 0.1, 0.5],
  },
};
const ACTIVATION: BrushAxis = {
  key: "activation",
  words: [{ text: "relu", height: 0.25 }, { text: "[8, 8]", height: 0.75 }],
};
const ACCURACY: BrushAxis = {
  key: "mean",
  numbers: { scale: { type: "linear" }, ends: [95, 97], heights: HEIGHTS, factor: 100 },
};
/** Lower is better, and higher up; shown in thousands. */
const ERROR: BrushAxis = {
  key: "mean",
  numbers: { scale: { type: "linear" }, ends: [2, 4], heights: [0.95, 0.07], factor: 0.001 },
};

Deno.test("conditionsIn() names a range of numbers, as round as the eye can tell", () => {
  assertEquals(conditionsIn(PENALTY, [0.291, 0.732]), "l2_penalty>=0.0001 l2_penalty<=0.01");
  assertEquals(conditionsIn(PENALTY, [0.4, 1]), "l2_penalty>=0.0003");
  assertEquals(conditionsIn(PENALTY, [0, 0.511]), "l2_penalty<=0.001");
  assertEquals(conditionsIn(PENALTY, [0, 1]), "");
  assertEquals(conditionsIn(PENALTY, [0, 0.05]), "");
});

Deno.test("conditionsIn() names the values that there are, if they are few", () => {
  assertEquals(conditionsIn(DROPOUT, [0, 0.6]), "dropout<=0.1");
  assertEquals(conditionsIn(DROPOUT, [0.3, 0.6]), "dropout=0.1");
  assertEquals(conditionsIn(DROPOUT, [0.3, 1]), "dropout>=0.1");
  assertEquals(conditionsIn(DROPOUT, [0.6, 0.7]), "");
  assertEquals(conditionsIn(DROPOUT, [0, 1]), "");
});

Deno.test("conditionsIn() names words, and means in the units of a filter", () => {
  assertEquals(conditionsIn(ACTIVATION, [0, 0.5]), "activation=relu");
  assertEquals(conditionsIn(ACTIVATION, [0.5, 1]), "activation=[8, 8]");
  assertEquals(conditionsIn(ACTIVATION, [0.1, 0.9]), "");
  const three = {
    key: "init",
    words: ["he", "glorot", "normal"].map((text, place) => ({ text, height: (place + 0.5) / 3 })),
  };
  assertEquals(conditionsIn(three, [0, 0.6]), "init=he|glorot");
  assertEquals(conditionsIn(ACCURACY, [0.511, 1]), "mean>=96%");
  assertEquals(conditionsIn(ERROR, [0.511, 1]), "mean<=3000");
  assertEquals(conditionsIn(ERROR, [0.291, 0.511]), "mean>=3000 mean<=3500");
});

Deno.test("spansOf() finds what a filter selects of an axis, whoever wrote it", () => {
  const close = (axis: BrushAxis, filter: string, expected: readonly (readonly number[])[]) => {
    const spans = spansOf(axis, filter);
    assertEquals(spans.length, expected.length, filter);
    // Numbers were rounded for the eye.
    spans.forEach((span, at) =>
      span.forEach((end, side) => assertAlmostEquals(end, expected[at][side], 0.01))
    );
  };
  for (
    const [axis, span] of [
      [PENALTY, [0.291, 0.732]],
      [PENALTY, [0.4, 1]],
      [ACCURACY, [0.511, 1]],
      [ERROR, [0.291, 0.511]],
      [ACTIVATION, [0, 0.5]],
    ] as const
  ) close(axis, conditionsIn(axis, span), [span]);
  close(DROPOUT, "dropout=0.5", [[0.95, 0.95]]);
  close(DROPOUT, "activation=relu dropout<9", [[0, 0.95]]);
  close(PENALTY, "l2_penalty>0.001 l2_penalty<=1e-4", []);
  close(ACTIVATION, "activation!=relu", [[0.5, 1]]);
  close(ACTIVATION, "neither of these", []);
});

Deno.test("withConditions() leaves the other keys of a filter as they are", () => {
  const filter = "dropout>=0.1 init = he dropout<0.3";
  assertEquals(withConditions(filter, "dropout", "dropout=0.5"), "init=he dropout=0.5");
  assertEquals(withConditions(filter, "dropout", ""), "init=he");
  assertEquals(withConditions("", "dropout", "dropout=0.5"), "dropout=0.5");
  assertEquals(withConditions("no regularization", "dropout", "dropout=0.5"), "dropout=0.5");
});
