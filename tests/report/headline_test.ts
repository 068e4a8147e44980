import { assertEquals } from "@std/assert";
import type { Metric } from "../../src/experiment/experiment.ts";
import type { Estimate } from "../../src/report/estimate.ts";
import { headline } from "../../src/report/headline.ts";
import type { ReportCell } from "../../src/report/report_cell.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

type Ends = readonly [mean: number, low?: number, high?: number];

function estimate([mean, low, high]: Ends): Estimate {
  return { n: low === undefined ? 1 : 10, mean, low, high };
}

function cell(name: string, metric?: Ends, difference?: Ends): ReportCell {
  return {
    index: 0,
    name,
    technique: "l2_penalty",
    group: "L2 penalty",
    isBaseline: name === "none",
    metric: metric && estimate(metric),
    difference: difference && estimate(difference),
    summary: { cell: name, values: {}, n: 10, means: {}, diverged: 0, failed: 0 },
  };
}

/** The headline's sentences, for an accuracy unless told. */
function sentences(cells: readonly ReportCell[], metric: Metric = "validation_accuracy") {
  const { manifest } = sampleInput(SAMPLES.oneCell);
  const largerIsBetter = metric !== "validation_loss";
  const experiment = { ...manifest.experiment, baseline: "none", metric, largerIsBetter };
  const { finding, remarks } = headline(cells, { ...manifest, experiment });
  return [finding, ...remarks].map((text) => text.replaceAll("\u00a0", " "));
}

const UNCORRECTED = "The intervals are not corrected for picking the best of 3 cells.";

Deno.test("headline() says by how much the best cell beats the baseline, and how sure", () => {
  const none = cell("none", [96.6, 96.2, 97]);
  const other = cell("b", [96.7, 96.3, 97.1], [0.1, -0.3, 0.5]);
  assertEquals(sentences([cell("a", [97.42, 97.1, 97.71], [0.82, 0.31, 1.33]), other, none]), [
    "a is better than the baseline none: +0.8 points, 95% interval 0.3 to 1.3, on 10 seeds.",
    "Mean validation accuracy: 97.4% (95% interval 97.1 to 97.7) for a, " +
    "96.6% (95% interval 96.2 to 97.0) for none.",
    UNCORRECTED,
  ]);
});

Deno.test("headline() does not claim what an interval with 0 in it cannot show", () => {
  const none = cell("none", [96.6, 96.2, 97]);
  const [finding] = sentences([cell("a", [96.8, 96.3, 97.3], [0.2, -0.14, 0.54]), none]);
  assertEquals(
    finding,
    "a comes first, but cannot be told from the baseline none: " +
      "+0.2 points, 95% interval −0.1 to 0.5, on 10 seeds.",
  );
});

Deno.test("headline() names the cell that is surely better where the first is not", () => {
  const first = cell("a", [97, 95, 99], [0.9, -1, 2.8]);
  const sure = cell("b", [96.9, 96.6, 97.2], [0.8, 0.5, 1.1]);
  assertEquals(sentences([first, sure, cell("none", [96.1, 95.8, 96.4])]).slice(2), [
    "b is better than the baseline: +0.8 points, 95% interval 0.5 to 1.1, on 10 seeds.",
    UNCORRECTED,
  ]);
});

Deno.test("headline() says so where nothing beats the baseline", () => {
  const none = cell("none", [97, 96.6, 97.4]);
  const worse = cell("a", [96.2, 95.8, 96.6], [-0.8, -1.2, -0.4]);
  const near = cell("a", [96.9, 96.5, 97.3], [-0.1, -0.6, 0.4]);
  assertEquals([sentences([none, worse])[0], sentences([none, near])[0]], [
    "Nothing beats the baseline none: the next best, a, is worse: " +
    "−0.8 points, 95% interval −1.2 to −0.4, on 10 seeds.",
    "The baseline none comes first, but a cannot be told from it: " +
    "−0.1 points, 95% interval −0.6 to 0.4, on 10 seeds.",
  ]);
});

Deno.test("headline() turns round for a loss, which has no unit", () => {
  const none = cell("none", [0.12, 0.11, 0.13]);
  const [finding] = sentences(
    [cell("a", [0.1, 0.09, 0.11], [-0.02, -0.028, -0.012]), none],
    "validation_loss",
  );
  assertEquals(
    finding,
    "a is better than the baseline none: −0.020, 95% interval −0.028 to −0.012, on 10 seeds.",
  );
});

Deno.test("headline() says where a difference is of no practical interest", () => {
  const none = cell("none", [97, 96.6, 97.4]);
  const whole = cell("a", [97.1, 96.7, 97.5], [0.1, -0.2, 0.4]);
  const mean = cell("a", [97.4, 97, 97.8], [0.4, 0.1, 0.7]);
  const tail = "lies within ±0.5 points, which this experiment counts as no practical difference.";
  assertEquals([sentences([whole, none])[2], sentences([mean, none])[2]], [
    `The whole interval ${tail}`,
    `The mean difference ${tail}`,
  ]);
});

Deno.test("headline() gives an end near 0 the decimals that tell it from 0", () => {
  const [finding] = sentences([
    cell("a", [97, 96, 98], [0.5, 0.03, 0.97]),
    cell("none", [96.5, 96, 97]),
  ]);
  assertEquals(
    finding,
    "a is better than the baseline none: +0.50 points, 95% interval 0.03 to 0.97, on 10 seeds.",
  );
});

Deno.test("headline() claims nothing from one seed", () => {
  assertEquals(sentences([cell("a", [97], [0.5]), cell("none", [96.5])]), [
    "a comes first. Difference of a to the baseline none: " +
    "+0.50 points on 1 seed, which gives no interval.",
    "Mean validation accuracy: 97.00% for a, 96.50% for none.",
  ]);
});

Deno.test("headline() claims nothing where all seeds differ by the same", () => {
  const cells = [
    cell("a", [97, 96.5, 97.5], [0.28, 0.28, 0.28]),
    cell("none", [96.72, 96.2, 97.2]),
  ];
  assertEquals(
    sentences(cells)[0],
    "a comes first. Difference of a to the baseline none: " +
      "+0.28 points on each of 10 seeds, which gives no interval.",
  );
});

Deno.test("headline() has words for sweeps that compare nothing", () => {
  const cases = [
    [cell("none", [97, 96.5, 97.5])],
    [cell("none", [97, 96.5, 97.5]), cell("a")],
    [cell("a", [97, 96.5, 97.5]), cell("none")],
    [cell("a"), cell("none")],
    [],
  ];
  assertEquals(cases.map((cells) => sentences(cells)[0]), [
    "The only cell reaches a mean validation accuracy of 97.0% (95% interval 96.5 to 97.5).",
    "The baseline none comes first; no other cell has a result to compare with it.",
    "a comes first; the baseline none has no result to compare it with.",
    "No run completed, so there is nothing to compare.",
    "No run completed, so there is nothing to compare.",
  ]);
});
