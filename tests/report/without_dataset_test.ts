import { assertEquals, assertStringIncludes } from "@std/assert";
import type { OwnMetric } from "../../src/measures/metrics.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { analyze } from "../../src/statistics/analyze.ts";
import { questionOf } from "../../src/statistics/question.ts";
import { TIMER } from "../trainers/_own_timer.ts";
import { renderReadable } from "./_render_readable.ts";
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
  const [html] = page.replace(/<(style|script)>[^]*?<\/\1>/g, "").split('<script type="text');
  return html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
}

for (const metric of [SECONDS, { key: "total_score", better: "larger" } satisfies OwnMetric]) {
  Deno.test(`renderReport() speaks of ${metric.key} in its own terms, and of no rows`, async () => {
    const page = await renderReadable(inputOf(metric));
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
    // The table has it where readers choose its column.
    assertStringIncludes(page, '"heading":"Peak memory (10⁶)"');
    const noun = metric === SECONDS ? "Time" : "Total score";
    assertStringIncludes(text, `${noun} is a measure of the trainer’s own`);
    // The one hyperparameter that the program has is not swept.
    assertStringIncludes(text, "Shared by all cells defaults");
    assertStringIncludes(page, metric === SECONDS ? "Time (s, lower is better)" : '"Total score"');
  });
}

Deno.test("renderReport() says nothing of shared values where a program has none", async () => {
  const { manifest, ...input } = inputOf(SECONDS);
  const [own] = manifest.own;
  const page = await renderReadable({
    ...input,
    manifest: { ...manifest, own: [{ ...own, hyperparameters: [] }] },
  });
  assertEquals(textOf(page).includes("Shared by all cells"), false);
});

Deno.test("renderReport() writes times beyond the axis with as many digits as others", async () => {
  const { manifest, ...input } = inputOf(SECONDS);
  const { times } = manifest;
  // The axis fits the better half.
  const worst = input.cells.toSorted((a, b) => (b.mean ?? 0) - (a.mean ?? 0)).at(0)?.cell;
  const runs = times.runs.map((_, index) =>
    input.runs[index].cell === worst ? 1234.5678 : 0.1 + index / 1e4
  );
  const page = await renderReadable({
    ...input,
    manifest: { ...manifest, times: { ...times, runs } },
  });
  assertStringIncludes(page, '"1,234.57 s ▸"');
});
