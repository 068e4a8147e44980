import type { Task } from "../measures/measure.ts";
import type { ReadingOption, ReadingOptions } from "./table/reading.ts";

/** What a column can be used as where an experiment says so. */
export const COLUMN_CHOICES = ["number", "boolean", "category", "date", "drop"] as const;
export type ColumnChoice = typeof COLUMN_CHOICES[number];

/** The name under `columns` that stands for all columns that nothing else is said of. */
export const OTHER_COLUMNS = "*";

/** Rows that a dataset can be read without. */
export const DROPPED_ROWS = ["missing_target", "rare_class"] as const;
export type DroppedRows = typeof DROPPED_ROWS[number];

/**
 * How a table is read and used: what an experiment's `dataset:` block says besides the file.
 *
 * What is absent is detected.
 */
export interface TableOptions extends Pick<ReadingOptions, ReadingOption> {
  /** The column to predict: its name, or its number from 1, or from −1 for the last. */
  readonly target: string | number;
  readonly task?: Task;
  /** What columns are used as, by their names; `*` stands for all others. */
  readonly columns?: Readonly<Record<string, ColumnChoice>>;
  /** Columns that are not used. */
  readonly drop?: readonly string[];
  /** Columns that are used, though they look as if they were of no use. */
  readonly keep?: readonly string[];
  /** What marks a missing cell, besides an empty one, in place of the usual words. */
  readonly missing?: readonly string[];
  /** True if rows with a missing cell are left out; it comes from `impute`. */
  readonly dropsGaps?: boolean;
  /** Other rows that are left out. */
  readonly dropRows?: readonly DroppedRows[];
  /** A column whose rows of one value stay together in splits. */
  readonly group?: string;
  /** A column that orders the rows in time. */
  readonly time?: string;
  /** A column that says which part each row is in. */
  readonly partColumn?: string;
  /** A file with the test rows. */
  readonly testPath?: string;
  /** True if the table is read as the first version did: what is absent is not detected. */
  readonly asFirstVersion?: boolean;
}
