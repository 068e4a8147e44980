import type { Experiment } from "../experiment/experiment.ts";
import { formatValue } from "../trainers/format_value.ts";
import { sweptValue } from "../experiment/cells/swept_value.ts";
import type { RunResult } from "../trainers/run_result.ts";
import { UserError } from "../user_error.ts";
import { sortOutcomes } from "./_sort_outcomes.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { RUN_FIGURES, type RunFigure } from "./figures.ts";
import { finalEvaluation } from "./final_evaluation.ts";
import type { RunOutcome } from "./run_outcome.ts";
import type { RunRow } from "./run_row.ts";
import type { TableRow } from "./table_row.ts";

const RUNS_TABLE: TableShape = {
  file: "runs.csv",
  before: ["run", "cell", "replicate", "seed"],
  after: ["status", ...RUN_FIGURES, "digest"],
};

/** The text of runs.csv: a line per run, by cell and then by seed, in the experiment's order. */
export function runsCsv(experiment: Experiment, outcomes: readonly RunOutcome[]): string {
  const { sweptKeys } = experiment;
  const records = sortOutcomes(outcomes).map(({ key, cell, replicate, seed, result }) => {
    const figures = result && finalFigures(result);
    return [
      key,
      cell.name,
      replicate,
      seed,
      ...sweptKeys.map((key) => formatValue(sweptValue(cell, key))),
      result?.status ?? "failed",
      ...RUN_FIGURES.map((figure) => figures?.[figure]),
      result?.digest,
    ];
  });
  return formatTable(RUNS_TABLE, sweptKeys, records);
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
      replicate: row.number("replicate"),
      seed: row.number("seed"),
      values: row.values(),
      status,
    };
    if (status === "failed") return base;
    return { ...base, figures: row.numbers(RUN_FIGURES), digest: row.text("digest") };
  });
}

/** The figures of a run's final model, and of the run as a whole. */
function finalFigures(result: RunResult): Record<RunFigure, number> {
  const final = finalEvaluation(result);
  return {
    "steps": result.steps,
    "train_loss": final.trainLoss,
    "train_accuracy": final.trainAccuracy,
    "validation_loss": final.validationLoss,
    "validation_accuracy": final.validationAccuracy,
    "best_validation_accuracy": result.bestValidationAccuracy,
    "best_step": result.bestStep,
    "sparsity": final.sparsity,
    "weight_l1": result.weightL1,
    "weight_l2": result.weightL2,
  };
}

function statusIn(row: TableRow): RunRow["status"] {
  const status = row.text("status");
  if (status === "completed" || status === "diverged" || status === "failed") return status;
  const message = `Cannot use "${status}" as status: it must be completed, diverged or failed`;
  throw new UserError({ message, place: row.place });
}
