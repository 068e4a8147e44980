import { type Analysis, analyzeTables } from "../statistics/analyze.ts";
import { compareWithBaseline } from "../statistics/compare_with_baseline.ts";
import { questionOf, type QuestionSource } from "../statistics/question.ts";
import type { RowlessInput } from "./report_input.ts";

/** What is analyzed: the rows that say it, and what was asked. */
interface AnalyzedInput extends Omit<RowlessInput, "manifest"> {
  readonly manifest: QuestionSource;
}

const known = new WeakMap<AnalyzedInput, Analysis>();

/**
 * The analysis of a sweep's runs, with summaries and comparisons as the files have them: made once,
 * although several parts of a report need it.
 */
export function analysisOf(input: AnalyzedInput): Analysis {
  const { manifest, runs, cells, comparisons, looks } = input;
  const analysis = known.get(input) ??
    analyzeTables(runs, questionOf(manifest), { cells, comparisons, looks });
  known.set(input, analysis);
  return analysis;
}

/**
 * A report's input with comparisons of today: files of earlier versions lack the intervals that
 * verdicts rest on, so these are computed from the runs, and the verdicts with them.
 */
export function withIntervals<Input extends AnalyzedInput>(input: Input): Input {
  const { manifest, runs, comparisons } = input;
  const isBefore = comparisons.some(({ pValue, pAdjusted }) =>
    pValue !== undefined && pAdjusted === undefined
  );
  return isBefore
    ? { ...input, comparisons: compareWithBaseline(runs, questionOf(manifest)) }
    : input;
}
