import type { Verdict } from "./comparison.ts";

/** A mean with its 95% interval: numbers in the measure's own units, and the same in words. */
export interface AnswerEstimate {
  /** What was measured, in the middle of a sentence: `validation accuracy`. */
  readonly noun: string;
  /** Number of runs. */
  readonly n: number;
  /** Their mean. */
  readonly mean: number;
  /** The lower end of its 95% interval; absent for fewer than two runs. */
  readonly low?: number;
  /** The upper end of that interval. */
  readonly high?: number;
  /** `97.4% (95% interval 97.1 to 97.7)`. */
  readonly text: string;
}

/** How one cell compares with the baseline. */
export interface AnswerDifference {
  /** The cell's name in the CSV files. */
  readonly cell: string;
  /** The same in words. */
  readonly name: string;
  /** What the comparison shows. */
  readonly verdict: Verdict;
  /** Number of seeds (runs, with folds) that completed in both cells. */
  readonly n: number;
  /** Cell − baseline, of the metric. */
  readonly mean: number;
  /** The lower end of the interval that the verdict rests on; absent where there is none. */
  readonly low?: number;
  /** The upper end of that interval. */
  readonly high?: number;
  /** `+0.8 points (95% interval 0.3 to 1.3, 10 seeds)`. */
  readonly text: string;
}

/**
 * What a sweep answers, for whoever has ten seconds: report, terminal, index and manifest all have it
 * from here.
 */
export interface Answer {
  /** What to do, without a full stop: `Use L2 penalty 0.001`. */
  readonly advice: string;
  /** What was found: one sentence or two. */
  readonly finding: string;
  /** What limits the answer most: one sentence, or two short ones. */
  readonly limit: string;
  /** The cell to use, and its mean of the metric; absent if no run completed. */
  readonly use?: AnswerEstimate & {
    /** Its name in the CSV files. */
    readonly cell: string;
    /** The same in words. */
    readonly name: string;
  };
  /**
   * The comparison that the finding is about; absent if there is none. It is of another cell than the one
   * to use where no cell is shown to be better than the baseline.
   */
  readonly compared?: AnswerDifference;
  /** The final score of the cell to use; absent if it was not scored on test rows. */
  readonly test?: AnswerEstimate;
  /** What always predicting the commonest class gets right; absent where nothing is a share of rows. */
  readonly constant?: {
    readonly share: number;
    /** A sentence. */
    readonly text: string;
  };
}
