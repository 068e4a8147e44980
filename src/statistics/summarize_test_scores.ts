import { replicateName } from "../experiment/replicates.ts";
import { MEASURES } from "../measures/measures.ts";
import { defaultMeasuresOf, partsOf } from "../measures/metrics.ts";
import type { HeldOutRow, TestRole } from "../results/held_out_row.ts";
import { type MeanInterval, meanInterval } from "./_mean_interval.ts";
import { byReplicate } from "./_runs_by_cell.ts";
import type { Question } from "./question.ts";

/** A run's measures, by key. */
type Scores = NonNullable<HeldOutRow["measures"]>;

/** Means over completed runs, with intervals that show how scores vary between seeds. */
interface TestMeans {
  readonly n: number;
  /** By key. */
  readonly measures: Readonly<Record<string, MeanInterval>>;
}

/** The measure that is a share of rows: the number of rows determines its precision. */
export const ROW_SHARE = MEASURES.find(({ isShareOfRows }) => isShareOfRows)?.key ?? "";

/** Summary of one cell's test scores. */
export interface TestSummary extends TestMeans {
  readonly cell: string;
  readonly roles: readonly TestRole[];
  /**
   * 95% interval of the accuracy on new rows like the test rows, from the number of test rows alone;
   * absent if no run completed.
   */
  readonly rowsLow?: number;
  readonly rowsHigh?: number;
  /** Cell − baseline, paired by seed; absent for the baseline. */
  readonly difference?: TestMeans;
  readonly diverged: number;
  readonly failed: number;
}

/** The measure that says most of test scores: that which cells are compared by, if they have it. */
export function mainTestMeasure(
  { measures }: Pick<TestSummary, "measures">,
  { metric }: Pick<Question, "metric">,
): string {
  const keys = Object.keys(measures);
  const { key } = partsOf(metric).measure;
  return [key, ROW_SHARE].find((key) => keys.includes(key)) ?? keys[0];
}

/** The measures of rows none of which says any. */
const UNMEASURED = defaultMeasuresOf("classification").map(({ key }) => key);

/** The normal distribution's 97.5% quantile. */
const Z = 1.959963984540054;

/**
 * Summarizes the test scores of each cell, in the order in which the cells first appear.
 *
 * All runs are scored on the same rows, so the variance of a mean over n seeds is 1/n times that of
 * one seed, whatever the split. It does not include the effect of drawing other test rows.
 */
export function summarizeTestScores(
  rows: readonly HeldOutRow[],
  { rows: { test = 0 } = {} }: { readonly rows?: Partial<NonNullable<Question["rows"]>> },
): TestSummary[] {
  const cells = Map.groupBy(rows, ({ cell }) => cell);
  const measured = rows.flatMap(({ measures = {} }) => Object.keys(measures));
  const keys = new Set(measured.length > 0 ? measured : UNMEASURED);
  const baseline = scoresByReplicate(rows.filter(({ roles }) => roles.includes("baseline")));
  return [...cells].map(([cell, members]) => {
    const { roles } = members[0];
    const scores = scoresByReplicate(members);
    const means = meansOf([...scores.values()], keys);
    const count = (status: HeldOutRow["status"]) =>
      members.filter((row) => row.status === status).length;
    return {
      cell,
      roles,
      ...means,
      ...rowsInterval(means.measures[ROW_SHARE]?.mean, test),
      ...(roles.includes("baseline")
        ? {}
        : { difference: meansOf(differences(scores, baseline), keys) }),
      diverged: count("diverged"),
      failed: count("failed"),
    };
  });
}

/** Of completed runs, by ascending seed and fold. */
function scoresByReplicate(rows: readonly HeldOutRow[]): Map<string, Scores> {
  const scored = rows.toSorted(byReplicate);
  return new Map(
    scored.flatMap((row) => row.measures ? [[replicateName(row), row.measures]] : []),
  );
}

function differences(
  scores: ReadonlyMap<string, Scores>,
  baseline: ReadonlyMap<string, Scores>,
): Scores[] {
  return [...scores].flatMap(([replicate, own]) => {
    const paired = baseline.get(replicate);
    if (!paired) return [];
    return [Object.fromEntries(
      Object.entries(own).map(([key, value]) => [key, value - paired[key]]),
    )];
  });
}

function meansOf(scores: readonly Scores[], keys: Iterable<string>): TestMeans {
  const intervals = Array.from(
    keys,
    (key) => {
      const values = scores.map((measures) => measures[key]);
      return [key, meanInterval(values.filter((value) => !Number.isNaN(value)), 0)] as const;
    },
  );
  return { n: scores.length, measures: Object.fromEntries(intervals) };
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
  // Rounding must not move the limits out of [0, 1].
  return { rowsLow: Math.max(0, center - margin), rowsHigh: Math.min(1, center + margin) };
}
