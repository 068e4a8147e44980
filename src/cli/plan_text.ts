import type { Dataset } from "../dataset/dataset.ts";
import { cellName } from "../experiment/expand_grid.ts";
import type { Cell, Experiment } from "../experiment/experiment.ts";
import { countOf, formatCount, formatDuration } from "../report/format_number.ts";
import type { PlannedRun } from "../sweep/planned_run.ts";
import type { RunShape } from "../train/run_flops.ts";

export interface PlanFacts {
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly shape: RunShape;
  readonly runs: readonly PlannedRun[];
  /** Those that the store does not know. */
  readonly missing: readonly PlannedRun[];
  /** What the missing runs are expected to take. */
  readonly seconds: number;
  readonly workers: number;
  /** Whether the time is told from a measurement, not from known runs. */
  readonly isMeasured: boolean;
}

/** What a sweep would do, for a terminal. */
export function planText(facts: PlanFacts): string {
  const { experiment, runs, missing } = facts;
  const { name, description, cells, fixed, duplicates } = experiment;
  const dropped = duplicates > 0 ? `, ${countOf(duplicates, "duplicate")} dropped` : "";
  const known = formatCount(runs.length - missing.length);
  return [
    description === "" ? name : `${name}: ${description}`,
    "",
    `dataset  ${datasetText(facts)}`,
    `rows     ${rowsText(facts)}`,
    `fixed    ${cellName(fixed) || "nothing but defaults"}`,
    `seeds    ${seedsText(experiment.seeds)}`,
    `cells    ${formatCount(cells.length)}${dropped}`,
    `runs     ${formatCount(runs.length)}: ${known} known, ${formatCount(missing.length)} to train`,
    `time     ${timeText(facts)}`,
    "",
    ...cellTable(facts),
  ].join("\n");
}

function datasetText({ experiment, dataset }: PlanFacts): string {
  const rows = countOf(dataset.rows, "row");
  const features = countOf(dataset.columns, "feature");
  const classes = countOf(dataset.classes.length, "class", "classes");
  return `${experiment.dataset.path}: ${rows}, ${features}, ${classes}`;
}

function rowsText(
  { experiment, dataset, shape: { trainRows, validationRows } }: PlanFacts,
): string {
  const testRows = dataset.rows - trainRows - validationRows;
  const train = `${formatCount(trainRows)} to train`;
  const validation = `${formatCount(validationRows)} to validate`;
  const drawn = experiment.dataset.split.resplit ? "anew for each seed" : "once for all seeds";
  return `${train} and ${validation}, drawn ${drawn}; ${formatCount(testRows)} to test`;
}

function timeText({ missing, seconds, workers, isMeasured }: PlanFacts): string {
  if (missing.length === 0) return "none: every run is known";
  const source = isMeasured ? "by a short measurement" : "by the time that the known runs took";
  return `about ${formatDuration(seconds)} with ${countOf(workers, "worker")}, ${source}`;
}

/** A table of cells: how many of their runs are known. */
function cellTable({ experiment, runs, missing }: PlanFacts): string[] {
  const missingOf = new Map<Cell, number>();
  for (const { cell } of missing) missingOf.set(cell, (missingOf.get(cell) ?? 0) + 1);
  const perCell = runs.length / experiment.cells.length;
  const width = Math.max(...experiment.cells.map(({ name }) => name.length), "cell".length);
  return [
    `${"cell".padEnd(width)}  known`,
    ...experiment.cells.map((cell, index) => {
      const known = `${perCell - (missingOf.get(cell) ?? 0)}/${perCell}`;
      const mark = index === experiment.baseline ? "  baseline" : "";
      return `${cell.name.padEnd(width)}  ${known.padStart("known".length)}${mark}`;
    }),
  ];
}

/** `1, 2, 3` or `1 to 10`. */
function seedsText(seeds: readonly number[]): string {
  const isRange = seeds.every((seed, index) => seed === seeds[0] + index);
  return isRange && seeds.length > 2
    ? `${seeds[0]} to ${seeds[seeds.length - 1]}`
    : seeds.join(", ");
}
