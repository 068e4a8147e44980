import type { Task } from "../measures/measure.ts";
import type { TableFacts } from "./table_facts.ts";

/** A column of a table that models learn from. */
export interface FeatureSource {
  readonly name: string;
  readonly kind: "number" | "boolean" | "category";
  /** In the order of their indices; present for categories. */
  readonly categories?: readonly string[];
  /** True if some cells are missing. */
  readonly hasGaps: boolean;
}

/** A dataset as read from its file, in memory that workers share. */
export interface Dataset {
  readonly task: Task;
  /** Its file, as the experiment names it. */
  readonly file: string;
  /**
   * Raw values, (rows, sources), row-major; backed by a SharedArrayBuffer: numbers, 0 or 1 for a
   * boolean, a category's index, and NaN for a missing cell.
   */
  readonly values: Float64Array<SharedArrayBuffer>;
  /** The columns of `values`, in the file's order. */
  readonly sources: readonly FeatureSource[];
  /** (rows): indices into `classes`, or quantities; backed by a SharedArrayBuffer. */
  readonly targets: Float64Array<SharedArrayBuffer>;
  readonly rows: number;
  /**
   * (rows): their numbers in the file, or in the file of test rows, from 0; backed by a
   * SharedArrayBuffer. Absent if there is one file of which no row is left out.
   */
  readonly fileRows?: Int32Array<SharedArrayBuffer>;
  /** The number of a model's inputs. */
  readonly columns: number;
  /** Names of a model's inputs; those of the sources if all are numbers without gaps. */
  readonly featureNames: readonly string[];
  /** Distinct labels: ascending as numbers if all are numbers, else by code unit; none of quantities. */
  readonly classes: readonly string[];
  /** SHA-256 of the file's (decompressed) bytes, in hex. */
  readonly checksum: string;
  /** The same of the file with the test rows, if there is one. */
  readonly testChecksum?: string;
  /** What the rows are split by, if the experiment names columns for it. */
  readonly splitting?: SplitColumns;
  readonly facts: TableFacts;
}

/** Columns that say how rows are split; backed by SharedArrayBuffers. */
export interface SplitColumns {
  /** (rows): rows of one group have the same number, from 0 in the order of their first rows. */
  readonly groups?: Int32Array<SharedArrayBuffer>;
  /** (rows): a row's time; dates are in days since 1970. */
  readonly times?: Float64Array<SharedArrayBuffer>;
  /** (rows): numbers of `ROW_PARTS`. */
  readonly parts?: Uint8Array<SharedArrayBuffer>;
}
