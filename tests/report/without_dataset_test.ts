import { assertEquals, assertStringIncludes } from "@std/assert";
import type { OwnMetric } from "../../src/measures/metrics.ts";
import { renderReport } from "../../src/report/render_report.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { analyze } from "../../src/statistics/analyze.ts";
import { questionOf } from "../../src/statistics/question.ts";
import { TIMER } from "../trainers/_own_timer.ts";
import { sampleInput } from "./_sample_input.ts";
import { SAMPLES } from "./_samples.ts";

const SECONDS: OwnMetric = { key: "seconds", better: "smaller", label: "time", unit: "s" };

/** The report's input of a sweep of a program without a dataset, by a metric of its own. */
function inputOf(metric: OwnMetric) {
  const { manifest, runs } = sampleInput(SAMPLES.elasticNet);
  const { dataset: _, ...others } = manifest;
  const measured = runs.map((run): RunRow => {
    if (!run.measures) return run;
    const value = 100 * run.measures["validation_accuracy"];
    return { ...run, measures: { steps: 0, [metric.key]: value, "peak_memory": 2e6 + value } };
  });
  const own = {
    ...others,
    experiment: {
      ...others.experiment,
      metric,
      largerIsBetter: metric.better === "larger",
      equivalence: undefined,
      fixed: {},
    },
    trainers: { timer: TIMER.version },
    own: [{
      name: "timer",
      kind: "program" as const,
      tasks: [],
      hyperparameters: TIMER.hyperparameters,
    }],
  };
  const { cells, comparisons } = analyze(measured, questionOf(own));
  return { manifest: own, runs: measured, curves: [], histograms: [], cells, comparisons };
}

function textOf(page: string): string {
  const [html] = page.replace(/<style>[^]*?<\/style>/g, "").split("<script");
  return html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

for (const metric of [SECONDS, { key: "total_score", better: "larger" } satisfies OwnMetric]) {
  Deno.test(`renderReport() speaks of ${metric.key} in its own terms, and of no rows`, async () => {
    const page = await renderReport(inputOf(metric));
    const text = textOf(page);
    for (
      const word of [
        /accuracy/,
        /(training|validation|test) rows/,
        /percent/,
        /training/i,
        /dataset/i,
        /equivalen/,
        /\btest\b/,
      ]
    ) {
      const found = text.replaceAll(/(t-|sign-flip |sign )tests?/g, "").match(word);
      const at = found?.index ?? 0;
      assertEquals(found, null, text.slice(at - 60, at + 60));
    }
    assertEquals(text.includes("lower is better"), metric.better === "smaller");
    assertStringIncludes(text, "Peak memory (10⁶)");
    const noun = metric === SECONDS ? "Time" : "Total score";
    assertStringIncludes(text, `${noun} is a measure of the trainer’s own`);
    assertStringIncludes(page, metric === SECONDS ? "Time (s, lower is better)" : '"Total score"');
  });
}
