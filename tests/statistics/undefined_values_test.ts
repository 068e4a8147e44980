import { assertEquals } from "@std/assert";
import { readCells } from "../../src/results/cells_csv.ts";
import { resultColumns } from "../../src/results/result_columns.ts";
import { tableTexts } from "../../src/results/result_files.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { analyze } from "../../src/statistics/analyze.ts";
import { summarizeTestScores } from "../../src/statistics/summarize_test_scores.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { sampleRun } from "./_sample_runs.ts";

// The validation rows of some seeds can be of one class, which has no ROC AUC. These seeds are left
// out, in every cell alike, and the runs are still completed ones.

const METRIC = "validation_roc_auc";
const QUESTION = sampleQuestion({ metric: METRIC });

function run(cell: string, seed: number, auc: number): RunRow {
  const sample = sampleRun(cell, seed, 0.5);
  return { ...sample, measures: { ...sample.measures, [METRIC]: auc, "train_roc_auc": auc } };
}

/** Two cells; the second is better by about 0.1 on each seed. */
function runsWith(undefinedSeeds: readonly number[], seeds = [1, 2, 3, 4, 5, 6, 7, 8]): RunRow[] {
  return ["0", "1"].flatMap((cell) =>
    seeds.map((seed) => {
      const auc = 0.5 + seed / 100 + (cell === "1" ? 0.1 + seed / 1000 : 0);
      return run(cell, seed, undefinedSeeds.includes(seed) ? NaN : auc);
    })
  );
}

Deno.test("analyze() leaves seeds without a value out, as if they had not been run", () => {
  const { cells, comparisons, selection, outlooks } = analyze(runsWith([3, 6]), QUESTION);
  const without = analyze(runsWith([], [1, 2, 4, 5, 7, 8]), QUESTION);
  assertEquals(cells.map(({ means: { steps: _steps }, ...cell }) => cell.mean), [
    ...without.cells.map(({ mean }) => mean),
  ]);
  assertEquals(comparisons, without.comparisons);
  assertEquals(selection, without.selection);
  assertEquals(outlooks, without.outlooks);
  assertEquals([comparisons[0].verdict, selection?.best], ["better", "1"]);
});

Deno.test("analyze() selects and compares nothing if no run has a value", () => {
  const runs = runsWith([1, 2, 3, 4, 5, 6, 7, 8]);
  const { cells, comparisons, selection, importance } = analyze(runs, QUESTION);
  assertEquals(cells.map(({ n, mean, diverged, failed }) => [n, mean, diverged, failed]), [
    [0, undefined, 0, 0],
    [0, undefined, 0, 0],
  ]);
  const [{ n, meanDifference, verdict }] = comparisons;
  assertEquals([n, meanDifference, verdict], [0, undefined, "undecided"]);
  assertEquals([selection, importance], [undefined, { reason: "lost runs" }]);
});

Deno.test("cells.csv has no mean where no run has a value, and can be read back", () => {
  const columns = resultColumns({
    sweptKeys: ["dropout"],
    task: "classification",
    metric: METRIC,
    outline: { trainers: ["mlp"] },
    trainers: BUILT_IN,
  });
  const runs = runsWith([1, 2], [1, 2]);
  const { cells, comparisons } = analyze(runs, QUESTION);
  const texts = tableTexts({ runs, curves: [], histograms: [], cells, comparisons }, columns);
  const [first] = readCells(texts["cells.csv"]);
  assertEquals([first.n, first.mean, first.means[METRIC]], [0, undefined, undefined]);
  assertEquals(first.means.validation_accuracy, 0.5);
});

Deno.test("summarizeTestScores() has no mean of a measure that the test rows do not define", () => {
  const rows = ["0", "1"].flatMap((cell) =>
    [1, 2].map((seed) => ({
      run: `${cell}/${seed}`,
      cell,
      roles: [cell === "0" ? "baseline" as const : "best" as const],
      seed,
      status: "completed" as const,
      measures: { accuracy: 0.5, "roc_auc": NaN },
    }))
  );
  const [, best] = summarizeTestScores(rows, QUESTION);
  assertEquals([best.n, best.measures.accuracy.mean], [2, 0.5]);
  assertEquals([best.measures.roc_auc, best.difference?.measures.roc_auc], [{}, {}]);
});
