import type { Analysis } from "../statistics/analyze.ts";
import { importance } from "../statistics/importance.ts";
import { questionOf } from "../statistics/question.ts";
import { recommendCells } from "../statistics/recommend_cells.ts";
import { seedsToDecide } from "../statistics/seeds_to_decide.ts";
import type { ReportInput } from "./report_input.ts";

/** The analysis of a sweep's runs, with summaries and comparisons as the files have them. */
export function analysisOf({ manifest, runs, cells, comparisons }: ReportInput): Analysis {
  const question = questionOf(manifest);
  return {
    question,
    cells,
    comparisons,
    outlooks: seedsToDecide(comparisons, question),
    selection: recommendCells(runs, question),
    importance: importance(runs, question.metric),
  };
}
