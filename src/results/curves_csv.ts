import type { Evaluation } from "../trainers/run_result.ts";
import { sortOutcomes } from "./_sort_outcomes.ts";
import { formatTable, parseTable, type TableShape } from "./csv_table.ts";
import { CURVE_FIGURES, type CurveFigure } from "./figures.ts";
import type { RunOutcome } from "./run_outcome.ts";
import type { CurveRow } from "./run_row.ts";

const CURVES_TABLE: TableShape = {
  file: "curves.csv",
  before: ["run", "step"],
  after: CURVE_FIGURES,
};

/** The text of curves.csv: a line per evaluation, its runs in the order of runs.csv. */
export function curvesCsv(outcomes: readonly RunOutcome[]): string {
  const records = sortOutcomes(outcomes).flatMap(({ key, result }) =>
    (result?.evaluations ?? []).map((evaluation) => {
      const figures = evaluationFigures(evaluation);
      return [key, evaluation.step, ...CURVE_FIGURES.map((figure) => figures[figure])];
    })
  );
  return formatTable(CURVES_TABLE, [], records);
}

/**
 * Reads the text of curves.csv.
 *
 * @throws {UserError} If `curvesCsv()` cannot have written it.
 */
export function readCurves(text: string): CurveRow[] {
  return parseTable(CURVES_TABLE, text).map((row) => ({
    run: row.text("run"),
    step: row.number("step"),
    figures: row.numbers(CURVE_FIGURES),
  }));
}

function evaluationFigures(evaluation: Evaluation): Record<CurveFigure, number> {
  return {
    "train_loss": evaluation.trainLoss,
    "train_accuracy": evaluation.trainAccuracy,
    "validation_loss": evaluation.validationLoss,
    "validation_accuracy": evaluation.validationAccuracy,
    "penalty": evaluation.penalty,
    "sparsity": evaluation.sparsity,
  };
}
