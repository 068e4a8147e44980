import { assertEquals } from "@std/assert";
import type { Metric } from "../../src/measures/metrics.ts";
import {
  describeDifference,
  describeMean,
  describeSize,
} from "../../src/wording/describe_difference.ts";
import { metricScale } from "../../src/wording/metric_scale.ts";
import { sampleQuestion } from "../statistics/_sample_question.ts";

function words(
  [meanDifference, ciLowSimultaneous, ciHighSimultaneous]: readonly (number | undefined)[],
  metric: Metric = "validation_accuracy",
  n = 10,
): string {
  const comparison = {
    cell: "a",
    baseline: "b",
    verdict: "undecided" as const,
    n,
    meanDifference,
    ciLowSimultaneous,
    ciHighSimultaneous,
  };
  const question = sampleQuestion({ metric, baseline: "b" });
  const verdicts = {
    question,
    cells: [],
    comparisons: [comparison],
    repeats: new Map(),
  };
  return describeDifference(comparison, verdicts).replaceAll("\u00a0", " ");
}

Deno.test("describeDifference() shows accuracies in points, with the digits they deserve", () => {
  assertEquals(
    words([0.0082, 0.0031, 0.0133]),
    "+0.82 points (95% interval 0.31 to 1.33, 10 seeds)",
  );
  assertEquals(
    words([-0.00822, -0.0091, -0.0073]),
    "−0.82 points (95% interval −0.91 to −0.73, 10 seeds)",
  );
  assertEquals(words([0.05, -0.31, 0.42]), "+5.00 points (95% interval −31.00 to 42.00, 10 seeds)");
});

Deno.test("describeDifference() shows no nonzero number as 0", () => {
  assertEquals(
    words([0.0003, -0.02, 0.0206], "train_accuracy"),
    "+0.03 points of train accuracy (95% interval −2.00 to 2.06, 10 seeds)",
  );
  // A mean that is 0 but for rounding is none of them.
  assertEquals(words([1e-17, -0.02, 0.02]), words([0, -0.02, 0.02]));
  assertEquals(words([0, -0.02, 0.02]), "0.00 points (95% interval −2.00 to 2.00, 10 seeds)");
});

Deno.test("describeDifference() names the loss, which has no unit", () => {
  assertEquals(
    words([-0.0123, -0.0204, -0.0042], "validation_loss"),
    "−0.0123 in validation loss (95% interval −0.0204 to −0.0042, 10 seeds)",
  );
});

Deno.test("describeDifference() says why there is no interval", () => {
  assertEquals(
    words([0.01], undefined, 1),
    "+1.00 points on a single seed (no interval is possible)",
  );
  assertEquals(words([0.01], undefined, 5), "+1.00 points on each of 5 seeds");
  assertEquals(words([0], undefined, 5), "no difference on any of 5 seeds");
  assertEquals(words([], undefined, 0), "no seed completed in both cells");
});

Deno.test("describeMean() shows a mean with its interval, if there is one", () => {
  const figures = { mean: 0.9742, ciLow: 0.971, ciHigh: 0.9771 };
  assertEquals(
    describeMean(figures, metricScale("validation_accuracy")),
    "97.4% (95% interval 97.1 to 97.7)",
  );
  const beyond = { mean: 0.98, ciLow: 0.955, ciHigh: 1.005 };
  assertEquals(
    describeMean(beyond, metricScale("validation_accuracy")),
    "98.0% (95% interval 95.5 to 100.0, cut off at 100%)",
  );
  assertEquals(describeMean({ mean: 0.9742 }, metricScale("validation_accuracy")), "97.42%");
  const constant = { mean: 0.98329, ciLow: 0.98329, ciHigh: 0.98329 };
  assertEquals(
    describeMean(constant, metricScale("validation_accuracy")),
    "98.33% (the same on every seed)",
  );
  assertEquals(describeMean({ mean: 0.1234567 }, metricScale("train_loss")), "0.1235");
});

Deno.test("describeSize() shows a size of differences", () => {
  assertEquals(describeSize(0.005, metricScale("validation_accuracy")), "0.5\u00a0points");
  assertEquals(describeSize(0.0083333, metricScale("validation_accuracy"), 2), "0.83\u00a0points");
  assertEquals(describeSize(0.01, metricScale("validation_accuracy")), "1\u00a0point");
  assertEquals(describeSize(0.01, metricScale("train_loss")), "0.01");
});

Deno.test("describeDifference() cuts off what no difference can be, and says so", () => {
  assertEquals(
    words([0.25, -12, 12.5]),
    "+25.0 points (95% interval −100.0 to 100.0, cut off at ±100 points, 10 seeds)",
  );
  assertEquals(
    words([-0.25, -1.2, 0.7]),
    "−25.0 points (95% interval −100.0 to 70.0, cut off at −100 points, 10 seeds)",
  );
  // A loss can be anything.
  assertEquals(
    words([0.21, -12, 12.5], "validation_loss"),
    "+0.210 in validation loss (95% interval −12.000 to 12.500, 10 seeds)",
  );
});
