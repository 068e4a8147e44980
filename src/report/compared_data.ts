import { columnOf, measureOf, metricColumn } from "../measures/metrics.ts";
import type { HeldOutRow } from "../results/held_out_row.ts";
import type { RunRow } from "../results/run_row.ts";
import type { Analysis } from "../statistics/analyze.ts";
import type { PlannedResult } from "../statistics/compare_any.ts";
import type { PairCriteria } from "../statistics/compare_pair.ts";
import { mainTestMeasure, summarizeTestScores } from "../statistics/summarize_test_scores.ts";
import { describeMean } from "../wording/describe_difference.ts";
import { type MetricScale, metricScale, scaleOf } from "../wording/metric_scale.ts";
import { shownValue } from "../wording/shown_values.ts";
import { intervalName } from "../wording/verdict_interval.ts";
import { pairTableOf } from "./pair_table_of.ts";
import type { ReportCell } from "./report_cell.ts";
import type { ReportInput } from "./report_input.ts";
import type { TrainTask } from "./train_command.ts";

/** What the page compares any two cells by, and what it shows of one. */
export interface ComparedData {
  /** Seeds, each with its fold if there are folds; in order. */
  readonly replicates: readonly (readonly [seed: number, fold?: number])[];
  /** In the order of the page's cells. */
  readonly cells: readonly CellRuns[];
  readonly criteria: PairCriteria;
  /** Bounds that are infinite are null in JSON. */
  readonly scale: MetricScale;
  /** What the intervals of planned comparisons are called. */
  readonly intervalName: string;
  /** Swept keys with what readers call them, and fixed ones with their values. */
  readonly swept: readonly (readonly [key: string, label: string])[];
  readonly fixed: readonly (readonly [key: string, value: string])[];
  /** Absent if nothing can train the runs again: they were imported. */
  readonly task?: TrainTask;
}

/** A cell's runs, and what is known of it besides. */
export interface CellRuns {
  /** By run, the place of its replicate; absent if the cell has the first replicates, in order. */
  readonly at?: readonly number[];
  /** By run, its key in the store; or where an imported table has it. */
  readonly keys: readonly string[];
  /** By run, its metric as in runs.csv; null if it has none. */
  readonly metric: readonly (number | null)[];
  /** By run; absent if all completed. */
  readonly statuses?: readonly RunRow["status"][];
  /** The cell's mean in words; absent if no run completed. */
  readonly mean?: string;
  /** Its score on the test rows in words; absent if it was not scored. */
  readonly test?: string;
  /** The experiment's own comparison; absent for the baseline. */
  readonly planned?: PlannedResult;
  /** Name of the cell whose run it repeats. */
  readonly repeats?: string;
}

/** Makes it from a report's content; `cells` are those of the page, in their order. */
export function comparedData(
  cells: readonly ReportCell[],
  input: ReportInput,
  analysis: Analysis,
): ComparedData {
  const { runs, manifest, test = [] } = input;
  const { experiment, own = [] } = manifest;
  const { criteria, planned } = pairTableOf(runs, analysis);
  const scale = scaleOf(analysis);
  const sweptKeys = new Set(experiment.swept.map(({ key }) => key));
  const runsOf = Map.groupBy(runs, ({ cell }) => cell);
  const replicates = replicatesOf(runs);
  const places = new Map([...replicates.keys()].map((replicate, place) => [replicate, place]));
  const tests = testTexts(test, analysis);
  return {
    replicates: [...replicates.values()].map(({ seed, fold }) =>
      fold === undefined ? [seed] : [seed, fold]
    ),
    cells: cells.map(({ name, summary: { mean, ciLow, ciHigh } }) => ({
      ...cellRuns(runsOf.get(name) ?? [], places, analysis),
      ...mean !== undefined && { mean: describeMean({ mean, ciLow, ciHigh }, scale) },
      ...tests.has(name) && { test: tests.get(name) },
      ...planned.has(name) && { planned: planned.get(name) },
      ...analysis.repeats.has(name) && { repeats: analysis.repeats.get(name) },
    })),
    criteria,
    scale,
    intervalName: intervalName(analysis),
    swept: experiment.swept.map(({ key, label }) => [key, label]),
    fixed: Object.entries(experiment.fixed).filter(([key]) => !sweptKeys.has(key))
      .map(([key, value]) => [key, shownValue(value)]),
    ...!manifest.imported &&
      { task: own.some(({ kind }) => kind === "program") ? "train-program" : "train" },
  };
}

/** All replicates, by their number, in order. */
function replicatesOf(runs: readonly RunRow[]): ReadonlyMap<number, RunRow> {
  const first = new Map<number, RunRow>();
  for (const run of runs) if (!first.has(run.replicate)) first.set(run.replicate, run);
  return new Map([...first].sort(([a], [b]) => a - b));
}

function cellRuns(
  runs: readonly RunRow[],
  places: ReadonlyMap<number, number>,
  { question: { metric } }: Analysis,
): CellRuns {
  const sorted = runs.toSorted((a, b) => a.replicate - b.replicate);
  const at = sorted.map(({ replicate }) => places.get(replicate) ?? 0);
  const column = metricColumn(metric);
  return {
    ...at.some((place, index) => place !== index) && { at },
    keys: sorted.map(({ run }) => run),
    metric: sorted.map(({ status, measures }) => {
      const value = status === "completed" ? measures?.[column] : undefined;
      return value === undefined || Number.isNaN(value) ? null : value;
    }),
    ...sorted.some(({ status }) => status !== "completed") &&
      { statuses: sorted.map(({ status }) => status) },
  };
}

/** By cell, its score on the test rows: `Test accuracy: 96.4% (95% interval 96.1 to 96.7)`. */
function testTexts(rows: readonly HeldOutRow[], { question }: Analysis): Map<string, string> {
  return new Map(
    summarizeTestScores(rows, question).flatMap((summary) => {
      const key = mainTestMeasure(summary, question);
      const { mean, ciLow, ciHigh } = summary.measures[key] ?? {};
      if (mean === undefined) return [];
      const scale = metricScale(columnOf("validation", { key }), [{ mean }]);
      const text = describeMean({ mean, ciLow, ciHigh }, scale);
      return [[summary.cell, `Test ${measureOf(key).label}: ${text}`]];
    }),
  );
}
