import { assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { type Sample, sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";
import { chartsOf } from "./_charts_of.ts";

Deno.test("learningCurves() draws the best cell of each technique, the baseline and no other", () => {
  const { group } = chartsOf(sampleInput(SAMPLES.l1VsL2)).get("learning-curves") ?? {};
  const { cells = [], baseline = NaN } = group?.curves ?? {};
  assertEquals(cells.filter(({ isShown }) => isShown).map(({ name, color }) => [name, color]), [
    ["l1_penalty=0.001", 1],
    ["l2_penalty=0.01", 2],
    ["l1_penalty=0", 0],
  ]);
  assertEquals(cells.length, 9);
  assertEquals(cells[baseline].name, "l1_penalty=0");
});

Deno.test("learningCurves() says so where the page does not have all evaluations", () => {
  const captionOf = (evaluations: number) =>
    chartsOf(sampleInput({ ...SAMPLES.undecided, evaluations })).get("learning-curves")?.group
      .caption ?? "";
  assertFalse(captionOf(101).includes("evaluations"));
  assertMatch(captionOf(501), /The page has up to 1\d\d of 501 evaluations of a run/);
});

Deno.test("learningCurves() draws bands only where they do not cover one another", () => {
  const { group, spec } = chartsOf(sampleInput(SAMPLES.l1VsL2)).get("learning-curves") ?? {};
  const band = spec?.layers.find(({ mark }) => mark.type === "area");
  assertEquals(band?.transform, [{ filter: "datum.hasBand && isValid(datum.low)" }]);
  assertStringIncludes(group?.caption ?? "", "with more than two curves, only the marked cell");
});

Deno.test("learningCurves() leaves out cells that were evaluated once, and says so", () => {
  const { curves, ...input } = sampleInput(SAMPLES.l1VsL2);
  const { baseline } = input.manifest.experiment;
  const runs = new Set(input.runs.filter(({ cell }) => cell === baseline).map(({ run }) => run));
  const last = Math.max(...curves.map(({ step }) => step));
  const once = curves.filter(({ run, step }) => !runs.has(run) || step === last);
  const { group } = chartsOf({ ...input, curves: once }).get("learning-curves") ?? {};
  assertEquals(group?.curves?.cells.some(({ name }) => name === baseline), false);
  assertStringIncludes(group?.caption ?? "", "evaluated at one step only have no curve");

  // One step is not a curve, whatever its number; nor are steps that the runs do not share.
  const ends = curves.filter(({ step }) => step === last);
  assertFalse(chartsOf({ ...input, curves: ends }).has("learning-curves"));
  const apart = [...Map.groupBy(curves, ({ run }) => run).values()]
    .flatMap((rows, index) =>
      rows.slice(0, 2).map((row, at) => ({ ...row, step: 2 * index + at }))
    );
  assertFalse(chartsOf({ ...input, curves: apart }).has("learning-curves"));
});

Deno.test("learningCurves() says so where cells have different seeds", () => {
  const captionOf = (sample: Sample) =>
    chartsOf(sampleInput(sample)).get("learning-curves")?.group.caption ?? "";
  assertStringIncludes(captionOf(SAMPLES.looks), "different seeds, which shift their curves");
  assertFalse(captionOf(SAMPLES.l1VsL2).includes("different seeds"));
});
