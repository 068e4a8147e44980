import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  axisOf,
  axisTitle,
  drawingOf,
  focusOf,
  meanRows,
  runRows,
} from "../../../src/report/page/scripts/curve_rows.ts";
import {
  type CurveSettings,
  USUAL_CURVES,
} from "../../../src/report/page/scripts/curve_settings.ts";
import { chartsOf } from "../charts/_charts_of.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

const curves = chartsOf(sampleInput(SAMPLES.l1VsL2)).get("learning-curves")?.group.curves;
assert(curves !== undefined);
const [cell] = curves.cells;

function drawing(settings: Partial<CurveSettings>) {
  assert(curves !== undefined);
  return drawingOf(curves, { ...USUAL_CURVES, ...settings }, { count: 1, marked: null });
}

Deno.test("axisTitle() says the measure, its rows where they are of one part, and the unit", () => {
  const titleOf = (settings: Partial<CurveSettings>) => axisTitle(drawing(settings));
  assertEquals(titleOf({}), "Validation accuracy (%)");
  assertEquals(titleOf({ measure: "loss", rows: "train" }), "Training loss (lower is better)");
  assertEquals(titleOf({ rows: "both" }), "Accuracy (%)");
  assertEquals(
    titleOf({ rows: "train", isDifference: true }),
    "Difference in training accuracy (percentage points)",
  );
  // Unknown in this page, as in an address of another one.
  assertEquals(titleOf({ measure: "f1" }), "Validation accuracy (%)");
});

Deno.test("meanRows() and runRows() leave step 0 out of a logarithmic axis", () => {
  const rowsOf = (isLog: boolean) =>
    [meanRows, runRows].map((rows) =>
      rows(curves, cell, 0, drawing({ isLog })).filter(({ step }) => step <= 50)
        .map(({ x, step }) => [x, step])
    );
  const [means, runs] = rowsOf(false);
  assertEquals(means, [[0, 0], [50, 50]]);
  assertEquals(runs.length, 2 * 10);
  const [logMeans, logRuns] = rowsOf(true);
  assertEquals([logMeans.length, logRuns.length], [1, 10]);
  assertAlmostEquals(logMeans[0][0], Math.log10(50));
});

Deno.test("axisOf() ends with the last step, and begins a logarithmic axis with the first", () => {
  assertEquals(axisOf(curves, false).ends, [0, 1000]);
  const { ends, ticks } = axisOf(curves, true);
  assertEquals(ends, [Math.log10(50), 3]);
  assertEquals(ticks.map((tick) => Math.round(10 ** tick)), [50, 100, 200, 500, 1000]);
});

Deno.test("meanRows() has bands of two cells, of the marked one, or as the reader wants", () => {
  const hasBand = (bands: CurveSettings["bands"], count: number, marked: string | null = null) => {
    const drawn = drawingOf(curves, { ...USUAL_CURVES, bands }, { count, marked });
    const rows = meanRows(curves, cell, 0, drawn);
    assertEquals(new Set(rows.map(({ hasBand }) => hasBand)).size, 1);
    return rows[0].hasBand;
  };
  assertEquals([hasBand("auto", 2), hasBand("auto", 3)], [true, false]);
  assertEquals([hasBand("auto", 3, cell.name), hasBand("auto", 3, "another")], [true, false]);
  assertEquals([hasBand("all", 3), hasBand("none", 1, cell.name)], [true, false]);
});

Deno.test("focusOf() leaves no room for bands that are not drawn", () => {
  const widthOf = (count: number) => {
    const drawn = drawingOf(curves, USUAL_CURVES, { count, marked: null });
    const [low, high] = focusOf(meanRows(curves, cell, 0, drawn), [], drawn);
    return high - low;
  };
  assert(widthOf(3) < widthOf(2));
});

Deno.test("focusOf() fits what comes after the first tenth, on a logarithmic axis everything", () => {
  const focusIn = (settings: Partial<CurveSettings>) => {
    const drawn = drawing(settings);
    return focusOf(meanRows(curves, cell, 0, drawn), runRows(curves, cell, 0, drawn), drawn);
  };
  const [low, high] = focusIn({});
  assert(low > 80 && high <= 100, `${low} to ${high}`);
  const [least] = focusIn({ isLog: true });
  assert(least < low);
  // Differences are seen beside 0, and no value is beyond what its measure can be.
  const [from, to] = focusIn({ isDifference: true });
  assert(from < 0 && to > 0);
  assertEquals(focusIn({ measure: "loss", isLog: true })[0] >= 0, true);
});

Deno.test("focusOf() has room for a curve that ends before others have begun", () => {
  const drawn = drawing({});
  const rowAt = (name: string, step: number, mean: number) => (
    { slot: 0, name, x: step, step, mean, hasBand: false }
  );
  const long = [0, 500, 1000].map((step) => rowAt("long", step, step === 0 ? 10 : 97));
  const short = [0, 10, 20].map((step) => rowAt("short", step, step === 0 ? 10 : 99));
  const [low, high] = focusOf([...long, ...short], [], drawn);
  assert(90 < low && low < 97 && 99 < high, `${low} to ${high}`);
});
