import { type Analysis, analyzeTables } from "../statistics/analyze.ts";
import { questionOf } from "../statistics/question.ts";
import type { ReportInput } from "./report_input.ts";

/** The analysis of a sweep's runs, with summaries and comparisons as the files have them. */
export function analysisOf({ manifest, runs, cells, comparisons }: ReportInput): Analysis {
  return analyzeTables(runs, questionOf(manifest), { cells, comparisons });
}
