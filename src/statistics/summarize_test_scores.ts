import { type MeanInterval, meanInterval } from "./_mean_interval.ts";
import type { Question } from "./question.ts";
import type { HeldOutRow, TestRole, TestScore } from "../results/held_out_row.ts";

/** Means over completed runs, with intervals that say how they vary with the seed. */
interface TestMeans {
  readonly n: number;
  readonly loss: MeanInterval;
  readonly accuracy: MeanInterval;
}

/** What the test scores of one cell say. */
export interface TestSummary extends TestMeans {
  readonly cell: string;
  readonly roles: readonly TestRole[];
  /**
   * 95% interval of the accuracy on other rows like the test rows, as far as their number tells;
   * absent where no run completed.
   */
  readonly rowsLow?: number;
  readonly rowsHigh?: number;
  /** Cell − baseline, paired by seed; absent for the baseline. */
  readonly difference?: TestMeans;
  readonly diverged: number;
  readonly failed: number;
}

/** The normal distribution's 97.5% quantile. */
const Z = 1.959963984540054;

/**
 * Summarizes the test scores of each cell, in the order in which the cells first appear.
 *
 * All runs are scored on the same rows, so that the variance of a mean over n seeds is 1/n times
 * that of a seed, whatever the split: it leaves out that other test rows would give another mean.
 */
export function summarizeTestScores(
  rows: readonly HeldOutRow[],
  { rows: { test } }: Pick<Question, "rows">,
): TestSummary[] {
  const cells = Map.groupBy(rows, ({ cell }) => cell);
  const baseline = scoresBySeed(rows.filter(({ roles }) => roles.includes("baseline")));
  return [...cells].map(([cell, members]) => {
    const { roles } = members[0];
    const scores = scoresBySeed(members);
    const means = meansOf([...scores.values()]);
    const count = (status: HeldOutRow["status"]) =>
      members.filter((row) => row.status === status).length;
    return {
      cell,
      roles,
      ...means,
      ...rowsInterval(means.accuracy.mean, test),
      ...(roles.includes("baseline") ? {} : { difference: meansOf(differences(scores, baseline)) }),
      diverged: count("diverged"),
      failed: count("failed"),
    };
  });
}

/** Of completed runs, by ascending seed. */
function scoresBySeed(rows: readonly HeldOutRow[]): Map<number, TestScore> {
  const scored = rows.toSorted((a, b) => a.seed - b.seed);
  return new Map(scored.flatMap(({ seed, score }) => score ? [[seed, score]] : []));
}

function differences(
  scores: ReadonlyMap<number, TestScore>,
  baseline: ReadonlyMap<number, TestScore>,
): TestScore[] {
  return [...scores].flatMap(([seed, { loss, accuracy }]) => {
    const paired = baseline.get(seed);
    return paired ? [{ loss: loss - paired.loss, accuracy: accuracy - paired.accuracy }] : [];
  });
}

function meansOf(scores: readonly TestScore[]): TestMeans {
  return {
    n: scores.length,
    loss: meanInterval(scores.map(({ loss }) => loss), 0),
    accuracy: meanInterval(scores.map(({ accuracy }) => accuracy), 0),
  };
}

/** Source: Wilson, Probable Inference, the Law of Succession, and Statistical Inference (1927). */
function rowsInterval(
  accuracy: number | undefined,
  rows: number,
): Pick<TestSummary, "rowsLow" | "rowsHigh"> {
  if (accuracy === undefined || rows === 0) return {};
  const weight = Z * Z / rows;
  const center = (accuracy + weight / 2) / (1 + weight);
  const spread = accuracy * (1 - accuracy) / rows + weight / (4 * rows);
  const margin = Z * Math.sqrt(spread) / (1 + weight);
  // Rounding must not carry it past what accuracies can be.
  return { rowsLow: Math.max(0, center - margin), rowsHigh: Math.min(1, center + margin) };
}
