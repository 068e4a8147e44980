import { formatFixed } from "../format_number.ts";
import { DEFAULT_METRIC } from "../measures/metrics.ts";
import type { ManifestDataset } from "../results/manifest.ts";
import { className } from "./class_name.ts";
import { metricScale } from "./metric_scale.ts";

/** What a manifest says of a dataset's classes and of how its rows are split. */
export type ClassSource = Pick<ManifestDataset, "classCounts" | "split">;

/** The class with the most rows: predicting it always is right on its share of them. */
export interface CommonestClass {
  /** Absent if several classes have as many rows. */
  readonly name?: string;
  /**
   * Of all rows except test rows that have a file of their own; with `isInEachPart`, of each part's
   * rows, up to rounding.
   */
  readonly share: number;
  /** True if test rows have a file of their own, and so shares of their own. */
  readonly hasOwnTest?: true;
  /** True if the split keeps the shares of the classes. */
  readonly isInEachPart: boolean;
}

/**
 * The commonest class of a dataset; undefined of quantities, of manifests without counts, and without
 * a dataset.
 */
export function commonestClass(dataset: ClassSource | undefined): CommonestClass | undefined {
  if (!dataset) return undefined;
  const { classCounts = [], split } = dataset;
  const counts = classCounts.map(({ name, rows, testRows = 0 }) => ({
    name,
    rows: rows - testRows,
  }));
  const most = Math.max(0, ...counts.map(({ rows }) => rows));
  const total = counts.reduce((sum, { rows }) => sum + rows, 0);
  if (total === 0) return undefined;
  const largest = counts.filter(({ rows }) => rows === most);
  return {
    ...largest.length === 1 && { name: largest[0].name },
    share: most / total,
    isInEachPart: split.stratify === true,
    ...classCounts.some(({ testRows }) => testRows !== undefined) && { hasOwnTest: true },
  };
}

/** What accuracies are to be compared with, in a table: `always benign`. */
export function constantLabel({ name }: CommonestClass): string {
  return name === undefined ? "always the same class" : `always ${className(name)}`;
}

/** Its share of the rows in a table of accuracies, in percent. */
export function constantShare({ share }: Pick<CommonestClass, "share">): string {
  const { factor, decimals } = metricScale(DEFAULT_METRIC);
  return formatFixed(factor * share, decimals);
}

/**
 * What always predicting one class gets right; a sentence that starts in lower case.
 *
 * @param decimals Of the percentage.
 */
export function constantSentence(commonest: CommonestClass, decimals = 1): string {
  const { name, share, isInEachPart, hasOwnTest } = commonest;
  const what = name === undefined
    ? "always predicting the same class"
    : `always predicting the commonest class, ${name},`;
  const rows = hasOwnTest
    ? "the training and validation rows"
    : isInEachPart
    ? "the rows"
    : "all rows";
  return `${what} would get ${formatFixed(100 * share, decimals)}% of ${rows} right.`;
}
