import type { CellSummary } from "../results/cell_summary.ts";
import type { Comparison } from "../results/comparison.ts";
import type { LookRow, RunRow } from "../results/run_row.ts";
import { compareWithBaseline } from "./compare_with_baseline.ts";
import { type Importance, importance, type NoImportance } from "./importance.ts";
import { type NestedSelection, nestedSelection } from "./nested_selection.ts";
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
  /** What choosing is worth on seeds that took no part in it; absent where they cannot say. */
  readonly nested?: NestedSelection;
  /** Over the seeds that all cells have. */
  readonly importance: Importance | NoImportance;
  /** What each look decided; absent if every cell got all seeds, or where nobody asks. */
  readonly looks?: readonly LookRow[];
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
  { cells, comparisons, looks }: Pick<Analysis, "cells" | "comparisons" | "looks">,
): Analysis {
  const repeats = sameRuns(runs, question);
  const nested = nestedSelection(runs, question);
  return {
    question,
    cells,
    comparisons,
    repeats,
    outlooks: seedsToDecide(comparisons, question, repeats),
    selection: recommendCells(runs, question),
    ...nested && { nested },
    importance: importance(onAllCells(runs, question), question.metric),
    ...looks && { looks },
  };
}

/** The runs of the seeds that every cell has. */
function onAllCells(
  runs: readonly RunRow[],
  { looks, folds = 1 }: Pick<Question, "looks" | "folds">,
): readonly RunRow[] {
  return looks ? runs.filter(({ replicate }) => replicate < looks[0] * folds) : runs;
}
