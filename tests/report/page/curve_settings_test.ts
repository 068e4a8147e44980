import { assertEquals } from "@std/assert";
import {
  type CurveSettings,
  curvesIn,
  USUAL_CURVES,
  wordsOf,
} from "../../../src/report/page/scripts/curve_settings.ts";

const MEASURES = ["accuracy", "loss"];

function readBack(settings: CurveSettings): CurveSettings {
  return curvesIn(new URLSearchParams(wordsOf(settings)), MEASURES);
}

Deno.test("wordsOf() says nothing of curves as they are at first", () => {
  assertEquals(wordsOf(USUAL_CURVES), []);
  assertEquals(curvesIn(new URLSearchParams("cell=all"), MEASURES), USUAL_CURVES);
});

Deno.test("curvesIn() reads back what wordsOf() writes", () => {
  const all: CurveSettings = {
    ...{ measure: "loss", rows: "both", isDifference: true, hasRuns: true, bands: "none" },
    ...{ isLog: true, cells: ["l1_penalty=0 dropout=0.5", "trainer=a&b"] },
  };
  assertEquals(readBack(all), all);
  for (const rows of ["validation", "train"] as const) {
    assertEquals(readBack({ ...USUAL_CURVES, rows }), { ...USUAL_CURVES, rows });
  }
  // No cell is not the same as those at first.
  assertEquals(readBack({ ...USUAL_CURVES, cells: [] }), { ...USUAL_CURVES, cells: [] });
});

Deno.test("curvesIn() ignores what there is not", () => {
  const words = new URLSearchParams("measure=f1&rows=test&bands=&steps=linear&curves=1");
  assertEquals(curvesIn(words, MEASURES), USUAL_CURVES);
});
