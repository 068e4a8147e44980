import { assert, assertEquals } from "@std/assert";
import { metricOf, runMeasures } from "../../src/results/run_measures.ts";
import { RunSummaries } from "../../src/results/run_summaries.ts";
import { isWhole } from "../../src/results/run_summary.ts";
import type { RunResult } from "../../src/trainers/run_result.ts";
import { runResult } from "../sweep/_run_result.ts";

/** Results with different columns, digests and ends. */
function resultAt(index: number): RunResult {
  const result = {
    ...runResult(index, (index % 100) / 100),
    steps: index,
    trainSeconds: index / 8,
  };
  const digest = index % 3 === 0 ? `digest ${index}` : index.toString(16).padStart(64, "0");
  if (index % 5 !== 0) return { ...result, digest };
  const measures = { "train_loss": NaN, "validation_loss": -Infinity, "my_score": -0 };
  return {
    ...{ ...result, digest, status: "diverged", bestStep: 4 },
    evaluations: [{ step: 0, measures }, { step: index, measures: { ...measures, late: index } }],
    best: {},
    measures: { "weight_l1": index },
  };
}

Deno.test("RunSummaries gives back what it was given of many results", () => {
  const summaries = new RunSummaries();
  const results = Array.from({ length: 10_000 }, (_, index) => resultAt(index));
  const summarized = results.map((result) => summaries.add(result));
  for (const [index, summary] of summarized.entries()) {
    const result = results[index];
    assert(!isWhole(summary));
    const { status, steps, bestStep, best, measures, digest, trainSeconds } = summary;
    const { evaluations: _, histograms: __, ...rest } = result;
    assertEquals({ status, steps, bestStep, best, measures, digest, trainSeconds }, rest);
    assertEquals(runMeasures(summary), runMeasures(result));
    const metric = "validation_loss";
    assertEquals(metricOf(metric, summary), metricOf(metric, result));
    const columns = result.evaluations.flatMap(({ measures }) => Object.keys(measures));
    assertEquals(summary.columns, [...new Set(columns)]);
  }
});
