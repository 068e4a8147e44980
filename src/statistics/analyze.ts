import type { CellSummary } from "../results/cell_summary.ts";
import type { Comparison } from "../results/comparison.ts";
import type { RunRow } from "../results/run_row.ts";
import { compareWithBaseline } from "./compare_with_baseline.ts";
import { type Importance, importance, type NoImportance } from "./importance.ts";
import type { Question } from "./question.ts";
import { recommendCells, type Selection } from "./recommend_cells.ts";
import { sameRuns } from "./same_runs.ts";
import { type Outlook, seedsToDecide } from "./seeds_to_decide.ts";
import { summarizeCells } from "./summarize_cells.ts";

/** The answer of a sweep's runs to its question. */
export interface Analysis {
  readonly question: Question;
  /** In order of first appearance. */
  readonly cells: readonly CellSummary[];
  /** Of all cells except the baseline, in the same order. */
  readonly comparisons: readonly Comparison[];
  /** Cells that are the same run as another, with that other: see `sameRuns()`. */
  readonly repeats: ReadonlyMap<string, string>;
  /** Of undecided cells, by name. */
  readonly outlooks: ReadonlyMap<string, Outlook>;
  /** Absent if no run completed. */
  readonly selection?: Selection;
  readonly importance: Importance | NoImportance;
}

/** Analyzes the lines of runs.csv; their order does not change any number. */
export function analyze(runs: readonly RunRow[], question: Question): Analysis {
  return analyzeTables(runs, question, {
    cells: summarizeCells(runs, question),
    comparisons: compareWithBaseline(runs, question),
  });
}

/** Analyzes the lines of runs.csv, with their summaries and comparisons as the files have them. */
export function analyzeTables(
  runs: readonly RunRow[],
  question: Question,
  { cells, comparisons }: Pick<Analysis, "cells" | "comparisons">,
): Analysis {
  const repeats = sameRuns(runs, question);
  return {
    question,
    cells,
    comparisons,
    repeats,
    outlooks: seedsToDecide(comparisons, question, repeats),
    selection: recommendCells(runs, question),
    importance: importance(runs, question.metric),
  };
}
