import { sweptValue } from "../experiment/cells/swept_value.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { formatValue } from "../trainers/format_value.ts";
import { UserError } from "../user_error.ts";
import { sortOutcomes } from "./_sort_outcomes.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { type ResultColumns, resultColumns } from "./result_columns.ts";
import { pickColumns, runMeasures } from "./run_measures.ts";
import type { RunOutcome } from "./run_outcome.ts";
import type { RunRow } from "./run_row.ts";
import type { TableRow } from "./table_row.ts";

const RUNS_TABLE: TableShape = {
  file: "runs.csv",
  before: ["run", "cell", "replicate", "seed"],
  after: ["status", "steps"],
  end: ["digest"],
};

/** The lines of runs.csv: one per run, by cell and then by seed, in the experiment's order. */
export function runRows(experiment: Experiment, outcomes: readonly RunOutcome[]): RunRow[] {
  const { swept, runs } = resultColumns(experiment);
  const columns = ["steps", ...runs];
  return sortOutcomes(outcomes).map(({ key, cell, replicate, seed, result }) => {
    const row = {
      run: key,
      cell: cell.name,
      replicate,
      seed,
      values: Object.fromEntries(swept.map((key) => [key, sweptValue(cell, key)])),
    };
    if (!result) return { ...row, status: "failed" };
    const measures = pickColumns(runMeasures(result), columns);
    return { ...row, status: result.status, measures, digest: result.digest };
  });
}

/** Writes the text of runs.csv, in the order of the rows. */
export function runsCsv(rows: readonly RunRow[], { swept, runs }: ResultColumns): string {
  const records = rows.map(({ run, cell, replicate, seed, values, status, measures, digest }) => [
    run,
    cell,
    replicate,
    seed,
    ...swept.map((key) => formatValue(values[key])),
    status,
    measures?.steps,
    ...runs.map((column) => measures?.[column]),
    digest,
  ]);
  return formatTable(RUNS_TABLE, { swept, measures: runs }, records);
}

/**
 * Reads the text of runs.csv.
 *
 * @throws {UserError} If `runsCsv()` cannot have written it.
 */
export function readRuns(text: string): RunRow[] {
  return parseTable(RUNS_TABLE, text).map((row) => {
    const status = statusIn(row);
    const base = {
      run: row.text("run"),
      cell: row.text("cell"),
      replicate: row.count("replicate"),
      seed: row.count("seed"),
      values: row.values(),
      status,
    };
    if (status === "failed") return base;
    return { ...base, measures: row.measures("steps"), digest: row.text("digest") };
  });
}

function statusIn(row: TableRow): RunRow["status"] {
  const status = row.text("status");
  if (status === "completed" || status === "diverged" || status === "failed") return status;
  const message = `Cannot use "${status}" as status: it must be completed, diverged or failed`;
  throw new UserError({ message, place: row.place });
}
