import { assertEquals } from "@std/assert";
import { type Metric, METRICS } from "../../src/measures/metrics.ts";
import { describeMean } from "../../src/wording/describe_difference.ts";
import { metricScale } from "../../src/wording/metric_scale.ts";

/** A mean of RMSE, as texts have it. */
function rmseText(mean: number): string {
  return describeMean({ mean }, metricScale("validation_rmse", [{ mean }])).replaceAll(
    "\u00a0",
    " ",
  );
}

Deno.test("metricScale() shows errors of any size with four digits", () => {
  assertEquals([54321, 3.21456, 0.00012344, 999999].map(rmseText), [
    "54,321",
    "3.215",
    "0.0001234",
    "999,999",
  ]);
});

Deno.test("metricScale() takes a power of ten out of numbers that nobody could read", () => {
  assertEquals([2.9512e9, 1.5e6, 1.2345e-7, 9.99e-5].map(rmseText), [
    "2.951 × 10⁹",
    "1.500 × 10⁶",
    "123.5 × 10⁻⁹",
    "99.90 × 10⁻⁶",
  ]);
  const scale = metricScale("validation_mse", [{ mean: 3e9 }, { mean: 4e9 }]);
  assertEquals(scale.axisTitle, "Validation MSE (10⁹, lower is better)");
  assertEquals(scale.differenceTitle, "Difference (10⁹, lower is better)");
});

Deno.test("metricScale() follows the cells that trained, not those that did not", () => {
  const means = [{ mean: 3.1 }, { mean: 3.2 }, { mean: 3.5 }, { mean: 1e30 }, {}];
  const { factor, decimals } = metricScale("validation_mae", means);
  assertEquals({ factor, decimals }, { factor: 1, decimals: 3 });
  assertEquals(metricScale("validation_rmse", [{ mean: 0 }, { mean: NaN }]).decimals, 4);
});

Deno.test("metricScale() says of every metric which values are better", () => {
  for (const metric of METRICS) {
    const { axisTitle, differenceTitle, direction } = metricScale(metric);
    const isSmallerBetter = /loss|brier|rmse|mse|mae/.test(metric);
    for (const text of [axisTitle, differenceTitle, direction]) {
      assertEquals(text.endsWith("lower is better)"), isSmallerBetter, `${metric}: ${text}`);
    }
  }
});

Deno.test("metricScale() lets R² be negative, and at most 1", () => {
  const scale = metricScale("validation_r2");
  assertEquals(scale.bounds, [-Infinity, 1]);
  const figures = { mean: -0.12345, ciLow: -0.5, ciHigh: 0.2531 };
  assertEquals(describeMean(figures, scale), "−0.123 (95% interval −0.500 to 0.253)");
  const beyond = { mean: 0.99, ciLow: 0.95, ciHigh: 1.03 };
  assertEquals(
    describeMean(beyond, scale),
    "0.990 (95% interval 0.950 to 1.000, cut off at 1)",
  );
});

const SECONDS: Metric = { key: "seconds", better: "smaller", label: "time", unit: "s" };

function textOf(mean: number, metric: Metric): string {
  return describeMean({ mean }, metricScale(metric, [{ mean }])).replaceAll("\u00a0", " ");
}

Deno.test("metricScale() shows an own metric in its unit, with as many digits as it needs", () => {
  assertEquals([0.01234567, 12.5, 0].map((mean) => textOf(mean, SECONDS)), [
    "0.01235 s",
    "12.50 s",
    "0.0000 s",
  ]);
  assertEquals(textOf(2.5e-7, SECONDS), "250.0 × 10⁻⁹ s");
  assertEquals(textOf(12.345, { ...SECONDS, decimals: 1 }), "12.3 s");
  assertEquals(textOf(97.5, { key: "yield", better: "larger", unit: "%", decimals: 1 }), "97.5%");
});

Deno.test("metricScale() names an own metric, its unit and its direction", () => {
  const scale = metricScale(SECONDS);
  assertEquals(scale.noun, "time");
  assertEquals(scale.axisTitle, "Time (s, lower is better)");
  assertEquals(scale.differenceTitle, "Difference (s, lower is better)");
  // `−0.21 s` needs no words: the unit says what differs.
  assertEquals(scale.differenceSubject, "");
  assertEquals(scale.bounds, [-Infinity, Infinity]);
  const score = metricScale({ key: "total_score", better: "larger" });
  assertEquals([score.axisTitle, score.unit, score.direction], ["Total score", "", ""]);
  assertEquals(score.differenceSubject, " in total score");
  const share = metricScale({ key: "yield", better: "larger", unit: "%", decimals: 1 });
  assertEquals([share.differenceUnit, share.differenceSubject], ["\u00a0points", " of yield"]);
  assertEquals(share.differenceTitle, "Difference (percentage points)");
});
