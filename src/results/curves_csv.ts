import type { Experiment } from "../experiment/experiment.ts";
import { FIXED_COLUMNS } from "../measures/fixed_columns.ts";
import { sortOutcomes } from "./sort_outcomes.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { type ResultColumns, resultColumns } from "./result_columns.ts";
import { pickColumns } from "./run_measures.ts";
import type { RunOutcome } from "./run_outcome.ts";
import type { CurveRow } from "./run_row.ts";

const CURVES_TABLE: TableShape = {
  file: "curves.csv",
  ...FIXED_COLUMNS.curves,
};

/** The lines of curves.csv: one per evaluation, runs in the order of runs.csv. */
export function curveRows(
  experiment: Experiment,
  outcomes: readonly RunOutcome[],
  { curves }: ResultColumns = resultColumns(experiment, { outcomes }),
): CurveRow[] {
  return sortOutcomes(outcomes).flatMap(({ key, result }) =>
    (result?.evaluations ?? []).map(({ step, measures }) => {
      return { run: key, step, measures: pickColumns(measures, curves) };
    })
  );
}

/** Writes the text of curves.csv, in the order of the rows. */
export function curvesCsv(rows: readonly CurveRow[], { curves }: ResultColumns): string {
  const records = rows.map(({ run, step, measures }) => [
    run,
    step,
    ...curves.map((column) => measures[column]),
  ]);
  return formatTable(CURVES_TABLE, { measures: curves }, records);
}

/**
 * Reads the text of curves.csv.
 *
 * @throws {UserError} If `curvesCsv()` cannot have written it.
 */
export function readCurves(text: string): CurveRow[] {
  return parseTable(CURVES_TABLE, text).map((row) => ({
    run: row.text("run"),
    step: row.count("step"),
    measures: row.measures(),
  }));
}
