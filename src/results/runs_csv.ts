import { sweptValue } from "../experiment/cells/swept_value.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { replicateOf } from "../experiment/replicates.ts";
import { FIXED_COLUMNS } from "../measures/fixed_columns.ts";
import { formatValue } from "../trainers/format_value.ts";
import { UserError } from "../user_error.ts";
import { isWithFold, withFold } from "./_fold_column.ts";
import { sortOutcomes } from "./sort_outcomes.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { type ResultColumns, resultColumns } from "./result_columns.ts";
import { pickColumns, runMeasures } from "./run_measures.ts";
import type { KeptOutcome } from "./run_outcome.ts";
import type { RunRow } from "./run_row.ts";
import type { TableRow } from "./table_row.ts";

const RUNS_TABLE: TableShape = {
  file: "runs.csv",
  ...FIXED_COLUMNS.runs,
};

/** The lines of runs.csv: one per run, by cell and then by seed, in the experiment's order. */
export function runRows(
  experiment: Experiment,
  outcomes: readonly KeptOutcome[],
  { swept, runs }: ResultColumns = resultColumns(experiment, { outcomes }),
): RunRow[] {
  const columns = ["steps", ...runs];
  return sortOutcomes(outcomes).map(({ key, cell, replicate, seed, fold, result }) => {
    const row = {
      run: key,
      cell: cell.name,
      replicate,
      ...replicateOf({ seed, fold }),
      values: Object.fromEntries(swept.map((key) => [key, sweptValue(cell, key)])),
    };
    if (!result) return { ...row, status: "failed" };
    const measures = pickColumns(runMeasures(result), columns);
    return { ...row, status: result.status, measures, digest: result.digest };
  });
}

/** Writes the text of runs.csv, in the order of the rows. */
export function runsCsv(rows: readonly RunRow[], { swept, runs }: ResultColumns): string {
  const hasFolds = rows.some(({ fold }) => fold !== undefined);
  const records = rows.map((
    { run, cell, replicate, seed, fold, values, status, measures, digest },
  ) => [
    run,
    cell,
    replicate,
    seed,
    ...hasFolds ? [fold] : [],
    ...swept.map((key) => formatValue(values[key])),
    status,
    measures?.steps,
    ...runs.map((column) => measures?.[column]),
    digest,
  ]);
  return formatTable(
    hasFolds ? withFold(RUNS_TABLE) : RUNS_TABLE,
    { swept, measures: runs },
    records,
  );
}

/**
 * Reads the text of runs.csv.
 *
 * @throws {UserError} If `runsCsv()` cannot have written it.
 */
export function readRuns(text: string): RunRow[] {
  const hasFolds = isWithFold(RUNS_TABLE, text);
  return parseTable(hasFolds ? withFold(RUNS_TABLE) : RUNS_TABLE, text).map((row) => {
    const status = statusIn(row);
    const base = {
      run: row.text("run"),
      cell: row.text("cell"),
      replicate: row.count("replicate"),
      seed: row.count("seed"),
      ...hasFolds && { fold: row.count("fold") },
      values: row.values(),
      status,
    };
    if (status === "failed") return base;
    const digest = row.text("digest");
    // Runs that were imported have neither.
    if (digest === "" && row.text("steps") === "") return { ...base, measures: row.measures() };
    return { ...base, measures: row.measures("steps"), digest };
  });
}

function statusIn(row: TableRow): RunRow["status"] {
  const status = row.text("status");
  if (status === "completed" || status === "diverged" || status === "failed") return status;
  const message = `Cannot use "${status}" as status: it must be completed, diverged or failed`;
  throw new UserError({ message, place: row.place });
}
