import { medianOf, modeOf } from "./_quantile.ts";
import { arePlainNumbers } from "./are_plain_numbers.ts";
import type { Dataset, FeatureSource } from "./dataset.ts";
import type { Imputation, PreparationOptions } from "./preparation_options.ts";
import { columnMoments, type Moments, standardization } from "./standardization.ts";

/** What a run learns from its training rows, and needs to turn rows into a model's inputs. */
export interface Preparation extends Moments {
  /**
   * (sources): what stands for a missing cell: a number, or the index of a category. NaN where no cell
   * is missing, and for a category that nothing stands for.
   */
  readonly imputed: Float64Array;
  /**
   * (inputs): 1 for an input that is 0 in every row, because the training rows say nothing of it. See
   * `learnPreparation()`.
   */
  readonly isUnseen: Uint8Array;
  /** For quantities: mean and deviation of the training rows' targets; both 0 and 1 of classes. */
  readonly target: TargetMoments;
}

/** A target is trained on as (quantity − mean) / deviation. */
export interface TargetMoments {
  readonly mean: number;
  readonly deviation: number;
}

/** The value of a category that a new table has and the dataset does not: it is 0 in all inputs. */
export const OTHER_CATEGORY = -1;

/**
 * Writes a row's inputs into an array, from index `at` on, `step` apart.
 *
 * @param row Its number in the dataset.
 */
export type WriteRow = (
  row: number,
  into: Float32Array | Float64Array,
  at: number,
  step: number,
) => void;

type Table = Pick<Dataset, "task" | "values" | "sources" | "targets" | "columns">;

/** A source and where its inputs are. */
interface Layout extends FeatureSource {
  /** Its index among the sources. */
  readonly index: number;
  /** Its first input. */
  readonly first: number;
  /** How many of its inputs hold its values: 1, or one per category. */
  readonly width: number;
}

/**
 * Learns from a run's training rows how rows become a model's inputs, in the order of
 * `featureNamesOf()`.
 *
 * - A number column's missing cells get the median, the mean or the most frequent value (the smallest
 *   of several) of those that are not missing, or 0. Then its values are standardized, by the moments
 *   of all training rows, filled ones included.
 * - A boolean column is 0 and 1, filled like a number (so its mean is the share of true), and not
 *   standardized.
 * - A category column is one input per category, 1 for the row's. A missing cell is 0 in all of them,
 *   except with `most_frequent`, which takes the most frequent category (the first of several).
 * - A column with gaps in the dataset has one more input: 1 where the cell is missing.
 *
 * An input is 0 in every row if the training rows say nothing of it: a category that none of them
 * has, all inputs of a column that is missing in all of them, and the indicator of a column without
 * gaps in them. Weights of such an input are never trained, and would add noise to other rows.
 *
 * Other rows have no influence. For a table of numbers without gaps, this is `standardization()`.
 */
export function learnPreparation(
  dataset: Table,
  trainRows: Int32Array,
  { standardize, impute = "median" }: PreparationOptions,
): Preparation {
  const { values, sources, columns } = dataset;
  const imputed = new Float64Array(sources.length).fill(NaN);
  const isUnseen = new Uint8Array(columns);
  const target = targetMoments(dataset, trainRows);
  if (arePlainNumbers(sources)) {
    return { ...standardization(dataset, trainRows, standardize), imputed, isUnseen, target };
  }
  const mean = new Float64Array(columns);
  const deviation = new Float64Array(columns).fill(1);
  const numbers: Layout[] = [];
  const columnOf = columnReader(values, sources.length, trainRows);
  for (const source of layOut(sources)) {
    const { index, kind, first, width, hasGaps } = source;
    const column = columnOf(index);
    const present = hasGaps ? column.filter((value) => !Number.isNaN(value)) : column;
    if (hasGaps) {
      imputed[index] = imputedValue(present, kind, impute);
      const hasBoth = 0 < present.length && present.length < column.length;
      isUnseen[first + width] = hasBoth ? 0 : 1;
    }
    if (kind === "category") {
      isUnseen.fill(1, first, first + width);
      for (const category of present) isUnseen[first + category] = 0;
    } else if (present.length === 0) {
      isUnseen[first] = 1;
    } else if (kind === "number") {
      numbers.push(source);
      if (standardize === "global") continue;
      const filled = hasGaps ? filledWith(column, imputed[index]) : column;
      const moments = columnMoments(filled, standardize);
      mean[first] = moments.mean;
      deviation[first] = moments.deviation;
    }
  }
  if (standardize === "global") {
    const filled = filledNumbers(dataset, trainRows, numbers, imputed);
    const moments = columnMoments(filled, "feature");
    for (const { first } of numbers) {
      mean[first] = moments.mean;
      deviation[first] = moments.deviation;
    }
  }
  return { mean, deviation, imputed, isUnseen, target };
}

/** The preparation of a table of numbers without gaps by one mean and one deviation. */
export function plainPreparation(
  { sources, columns }: Pick<Dataset, "sources" | "columns">,
  mean: number,
  deviation: number,
): Preparation {
  return {
    mean: new Float64Array(columns).fill(mean),
    deviation: new Float64Array(columns).fill(deviation),
    imputed: new Float64Array(sources.length).fill(NaN),
    isUnseen: new Uint8Array(columns),
    target: { mean: 0, deviation: 1 },
  };
}

/** A function that writes a dataset's rows as a model's inputs, as a preparation has it. */
export function rowWriter(
  { values, sources, columns }: Pick<Dataset, "values" | "sources" | "columns">,
  { mean, deviation, imputed, isUnseen }: Preparation,
): WriteRow {
  if (arePlainNumbers(sources)) {
    return (row, into, at, step) => {
      const start = row * columns;
      for (let input = 0; input < columns; input++, at += step) {
        into[at] = (values[start + input] - mean[input]) / deviation[input];
      }
    };
  }
  const layouts = layOut(sources);
  const isCategory = Uint8Array.from(layouts, ({ kind }) => kind === "category" ? 1 : 0);
  const widths = Uint32Array.from(layouts, ({ width }) => width);
  const hasGaps = Uint8Array.from(layouts, ({ hasGaps }) => hasGaps ? 1 : 0);
  /** What stands for true in an input that is true or false. */
  const one = Float64Array.from(isUnseen, (isUnseen) => 1 - isUnseen);
  return (row, into, at, step) => {
    let input = 0;
    for (let source = 0, read = row * widths.length; source < widths.length; source++, read++) {
      const isMissing = Number.isNaN(values[read]);
      const value = isMissing ? imputed[source] : values[read];
      if (isCategory[source] === 1) {
        const start = at;
        for (const end = at + widths[source] * step; at < end; at += step) into[at] = 0;
        // Not where the value is missing, or OTHER_CATEGORY.
        if (value >= 0) into[start + value * step] = one[input + value];
        input += widths[source];
      } else {
        into[at] = isUnseen[input] === 1 ? 0 : (value - mean[input]) / deviation[input];
        at += step;
        input++;
      }
      if (hasGaps[source] === 1) {
        into[at] = isMissing ? one[input] : 0;
        at += step;
        input++;
      }
    }
  };
}

function layOut(sources: readonly FeatureSource[]): Layout[] {
  let first = 0;
  return sources.map((source, index) => {
    const width = source.kind === "category" ? source.categories?.length ?? 0 : 1;
    const layout = { ...source, index, first, width };
    first += width + (source.hasGaps ? 1 : 0);
    return layout;
  });
}

/** How many columns are read at once: their values in a row are one line of the processor's cache. */
const COLUMNS_AT_ONCE = 8;

/** A function that reads columns of a table, in some rows; for speed, in ascending order. */
function columnReader(
  values: Float64Array,
  width: number,
  rows: Int32Array,
): (column: number) => Float64Array<ArrayBuffer> {
  let read: Float64Array<ArrayBuffer>[] = [];
  let first = 0;
  return (column) => {
    if (column < first || column >= first + read.length) {
      first = column;
      read = columnsOf(values, width, rows, first);
    }
    return read[column - first];
  };
}

function columnsOf(
  values: Float64Array,
  width: number,
  rows: Int32Array,
  first: number,
): Float64Array<ArrayBuffer>[] {
  const count = Math.min(COLUMNS_AT_ONCE, width - first);
  const read = Array.from({ length: count }, () => new Float64Array(rows.length));
  for (let at = 0; at < rows.length; at++) {
    const start = rows[at] * width + first;
    for (let column = 0; column < count; column++) read[column][at] = values[start + column];
  }
  return read;
}

/** @param present The source's values in the training rows, without gaps. */
function imputedValue(
  present: Float64Array,
  kind: FeatureSource["kind"],
  impute: Imputation,
): number {
  if (kind === "category") return impute === "most_frequent" ? modeOf(present.toSorted()) : NaN;
  if (impute === "zero" || present.length === 0) return 0;
  if (impute === "mean") return columnMoments(present, "feature").mean;
  const sorted = present.toSorted();
  return impute === "median" ? medianOf(sorted) : modeOf(sorted);
}

function filledWith(column: Float64Array, imputed: number): Float64Array {
  return column.map((value) => Number.isNaN(value) ? imputed : value);
}

/** The values of some sources in some rows, filled; rows in order, sources ascending. */
function filledNumbers(
  { values, sources }: Table,
  rows: Int32Array,
  numbers: readonly Layout[],
  imputed: Float64Array,
): Float64Array {
  const filled = new Float64Array(rows.length * numbers.length);
  let at = 0;
  for (const row of rows) {
    for (const { index } of numbers) {
      const value = values[row * sources.length + index];
      filled[at++] = Number.isNaN(value) ? imputed[index] : value;
    }
  }
  return filled;
}

function targetMoments({ task, targets }: Table, rows: Int32Array): TargetMoments {
  return task === "regression"
    ? columnMoments(columnReader(targets, 1, rows)(0), "feature")
    : { mean: 0, deviation: 1 };
}
