import { assertEquals } from "@std/assert";
import { meanCurves } from "../../../src/report/charts/_mean_curves.ts";
import { questionOf } from "../../../src/statistics/question.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

const OPTIONS = { metric: "validation_accuracy", factor: 100, overlap: 0 } as const;

Deno.test("meanCurves() gives columns in the units shown", () => {
  const input = sampleInput({ ...SAMPLES.oneCell, seeds: 1, evaluations: 3 });
  const percent = (column: "train_accuracy" | "validation_accuracy") =>
    input.curves.map(({ measures }) => Number((100 * measures[column]).toPrecision(7)));
  assertEquals(meanCurves(input, ["all"], OPTIONS).get("all"), {
    step: [0, 500, 1000],
    mean: percent("validation_accuracy"),
    train: percent("train_accuracy"),
  });
});

Deno.test("meanCurves() has bands around the mean where there are several seeds", () => {
  const input = sampleInput({ ...SAMPLES.oneCell, evaluations: 3 });
  const { overlap } = questionOf(input.manifest);
  const curve = meanCurves(input, ["all"], { ...OPTIONS, overlap }).get("all");
  const [{ metric }] = [{ metric: input.cells[0] }];
  const last = [curve?.low?.[2], curve?.mean[2], curve?.high?.[2]];
  const shown = [metric.ciLow, metric.mean, metric.ciHigh].map((value) =>
    Number((100 * Number(value)).toPrecision(7))
  );
  assertEquals(last, shown);
});

Deno.test("meanCurves() thins long curves and keeps both ends", () => {
  const input = sampleInput({ ...SAMPLES.oneCell, evaluations: 1001 });
  const steps = meanCurves(input, ["all"], OPTIONS).get("all")?.step ?? [];
  assertEquals([steps.length, steps[0], steps[119]], [120, 0, 1000]);
  const gaps = new Set(steps.slice(1).map((step, index) => step - steps[index]));
  assertEquals(gaps, new Set([8, 9]));
});
