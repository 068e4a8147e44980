import { join } from "node:path";
import type { CellSummary } from "./cell_summary.ts";
import { cellsCsv, readCells } from "./cells_csv.ts";
import type { Comparison } from "./comparison.ts";
import { comparisonsCsv, readComparisons } from "./comparisons_csv.ts";
import { confusionCsv, readConfusion } from "./confusion_csv.ts";
import { curvesCsv, readCurves } from "./curves_csv.ts";
import { halvingCsv, readHalving } from "./halving_csv.ts";
import { heldOutCsv, readHeldOut } from "./held_out_csv.ts";
import type { HeldOutRow } from "./held_out_row.ts";
import { histogramsCsv, readHistograms } from "./histograms_csv.ts";
import { looksCsv, readLooks } from "./looks_csv.ts";
import { predictionsCsv, readPredictions } from "./predictions_csv.ts";
import { readResultFile } from "./read_result_file.ts";
import type { ResultColumns } from "./result_columns.ts";
import type {
  ConfusionRow,
  CurveRow,
  HalvingRow,
  HistogramRow,
  LookRow,
  PredictionRow,
  RunRow,
  UnitRow,
} from "./run_row.ts";
import { readRuns, runsCsv } from "./runs_csv.ts";
import { readUnits, unitsCsv } from "./units_csv.ts";

/** The rows of all CSV files of a sweep; absent for files that it does not write. */
export interface ResultRows {
  readonly runs: readonly RunRow[];
  readonly curves: readonly CurveRow[];
  readonly histograms: readonly HistogramRow[];
  readonly cells: readonly CellSummary[];
  readonly comparisons: readonly Comparison[];
  readonly halving?: readonly HalvingRow[];
  readonly looks?: readonly LookRow[];
  readonly test?: readonly HeldOutRow[];
  readonly confusion?: readonly ConfusionRow[];
  readonly predictions?: readonly PredictionRow[];
  readonly units?: readonly UnitRow[];
}

export type TableName = keyof ResultRows;

/** One file that a sweep writes. */
export interface ResultFile {
  readonly name: string;
  /** Its content, in one line. */
  readonly holds: string;
  /** When a sweep writes it; absent if every sweep does. */
  readonly when?: string;
  /** True if imported runs have none. */
  readonly isOfSweeps?: true;
}

/** One CSV file that a sweep writes. */
export interface ResultTable<Rows> extends ResultFile {
  /** True if it can be computed from runs.csv alone. */
  readonly isDerived?: true;
  write(rows: Rows, columns: ResultColumns): string;
  /** @throws {UserError} If the text is not a valid file of this kind. */
  read(text: string): Rows;
}

/** THE table of result files: the CSV files, in the order in which they are written and shown. */
export const RESULT_TABLES: {
  readonly [Name in TableName]-?: ResultTable<NonNullable<ResultRows[Name]>>;
} = {
  runs: {
    name: "runs.csv",
    holds: "a line per run: its values, status, measures and digest",
    write: runsCsv,
    read: readRuns,
  },
  curves: {
    name: "curves.csv",
    holds: "a line per evaluation of a run: its step and measures",
    isOfSweeps: true,
    write: curvesCsv,
    read: readCurves,
  },
  histograms: {
    name: "histograms.csv",
    holds: "a line per layer of a run: its final weights, counted in equal bins",
    isOfSweeps: true,
    write: histogramsCsv,
    read: readHistograms,
  },
  cells: {
    name: "cells.csv",
    holds: "a line per cell: the metric's mean and interval, and the means of all measures",
    isDerived: true,
    write: cellsCsv,
    read: readCells,
  },
  comparisons: {
    name: "comparisons.csv",
    holds: "a line per cell except the baseline: its difference from the baseline, and the verdict",
    isDerived: true,
    write: comparisonsCsv,
    read: readComparisons,
  },
  halving: {
    name: "halving.csv",
    holds: "a line per rung and cell: its mean at that step, and whether it was kept",
    when: "the experiment has successive_halving",
    write: halvingCsv,
    read: readHalving,
  },
  looks: {
    name: "looks.csv",
    holds: "a line per look and cell: its difference by then, its verdict, and what was decided",
    when: "the experiment has seeds until cells are decided",
    isDerived: true,
    write: looksCsv,
    read: readLooks,
  },
  test: {
    name: "test.csv",
    holds: "a line per run of the selected cells and the baseline: its measures on the test rows",
    when: "the sweep is complete, the split leaves test rows and a run completed",
    write: heldOutCsv,
    read: readHeldOut,
  },
  confusion: {
    name: "confusion.csv",
    holds:
      "counts of test rows by actual and predicted class, for each run of the best cell, and " +
      "each class's recall",
    when: "there is a test.csv and the target is a class",
    write: confusionCsv,
    read: readConfusion,
  },
  predictions: {
    name: "predictions.csv",
    holds: "a line per test row and run of the best cell: its actual and its predicted quantity",
    when: "there is a test.csv and the target is a quantity",
    write: predictionsCsv,
    read: readPredictions,
  },
  units: {
    name: "units.csv",
    holds: "the weights of the strongest units of the first layer",
    when: "there is a test.csv and rows are square pictures",
    write: unitsCsv,
    read: readUnits,
  },
};

/** The CSV files by the names of their rows, in the order of the table. */
export const TABLE_NAMES = Object.keys(RESULT_TABLES) as readonly TableName[];

/** Result files that are not CSV. */
export const OTHER_FILES = {
  experiment: { name: "experiment.yaml", holds: "the experiment as it ran", isOfSweeps: true },
  citation: {
    name: "CITATION.cff",
    holds: "what reference managers need to cite the results",
    when: "the experiment has cite, and the sweep is complete",
    isOfSweeps: true,
  },
  appendix: {
    name: "appendix.md",
    holds: "how the results were obtained and how to verify them, for a paper's appendix",
    when: "the experiment has cite, and the sweep is complete",
    isOfSweeps: true,
  },
  report: { name: "report.html", holds: "the report" },
  manifest: {
    name: "manifest.json",
    holds: "times, machine, versions, failures, and the SHA-256 of every other file",
  },
} as const satisfies Readonly<Record<string, ResultFile>>;

/** The claim of whoever writes result files, in their folder. */
export const RESULTS_CLAIM = "results.claim";

/** Every file that a sweep can write to its folder. */
export const RESULT_FILES: readonly ResultFile[] = [
  ...TABLE_NAMES.map((name) => RESULT_TABLES[name]),
  ...Object.values(OTHER_FILES),
];

/** The names of the tables that a folder can have: imported runs have fewer than sweeps. */
export function tablesOf({ imported }: { readonly imported?: unknown }): readonly TableName[] {
  return imported === undefined
    ? TABLE_NAMES
    : TABLE_NAMES.filter((name) => !RESULT_TABLES[name].isOfSweeps);
}

/** Writes the CSV files that have rows; returns their texts by file name. */
export function tableTexts(
  rows: Partial<ResultRows>,
  columns: ResultColumns,
): Record<string, string> {
  const textOf = <Name extends TableName>(name: Name): [string, string][] => {
    const { name: file, write } = RESULT_TABLES[name] as ResultTable<ResultRows[Name]>;
    const its = rows[name];
    return its ? [[file, write(its, columns)]] : [];
  };
  return Object.fromEntries(TABLE_NAMES.flatMap(textOf));
}

/**
 * Reads the texts of some of a folder's CSV files.
 *
 * @param isThere Says whether a file exists; called for files that not every sweep writes.
 * @throws {UserError} If a file cannot be read. If several cannot, it always names the first.
 */
export async function readTableTexts<Name extends TableName>(
  folder: string,
  names: readonly Name[],
  isThere: (file: string) => boolean | Promise<boolean>,
): Promise<Map<Name, string>> {
  const texts = new Map<Name, string>();
  for (const name of names) {
    const { name: file, when } = RESULT_TABLES[name];
    if (when !== undefined && !await isThere(file)) continue;
    texts.set(name, await readResultFile(join(folder, file), folder));
  }
  return texts;
}

/**
 * Parses the texts of CSV files; returns their rows by table name.
 *
 * @throws {UserError} If a text is not a valid file of its kind.
 */
export function rowsIn<Name extends TableName>(
  texts: ReadonlyMap<Name, string>,
): Pick<ResultRows, Name> {
  const rows = Array.from(texts, ([name, text]) => [name, RESULT_TABLES[name].read(text)] as const);
  return Object.fromEntries(rows) as Partial<ResultRows> as Pick<ResultRows, Name>;
}
