import type { DayOrder } from "./columns/parse_date.ts";
import type { Reading } from "./table/reading.ts";
import type { TableOptions } from "./table_options.ts";

/** What the cells of a column look like. */
export type ColumnType =
  | "number"
  | "boolean"
  | "category"
  | "text"
  | "date"
  | "identifier"
  | "constant"
  | "empty";

/** What a column is used as. */
export type ColumnUse = "feature" | "drop" | "target" | "group" | "time" | "part";

/** A value of a column or of the target, and in how many rows it is. */
export interface ValueCount {
  /** The value, as the file has it. */
  readonly name: string;
  /** How many rows have it. */
  readonly rows: number;
}

/** What was found in a column, and what it is used as. */
export interface ColumnFacts {
  /** In the file's header, or `column_1` and so on where it has none. */
  readonly name: string;
  /** What its cells look like. */
  readonly type: ColumnType;
  /** What a sweep uses it as. */
  readonly use: ColumnUse;
  /** Why it is used so, to follow a colon; absent if its type is the reason. */
  readonly why?: string;
  /** Something to look at, which is no reason to refuse the table; a sentence. */
  readonly warning?: string;
  /** Cells without a value. */
  readonly missing: number;
  /** How many different values it has; a lower bound if `hasMoreValues`. */
  readonly distinct: number;
  /** True if there are more different values than were counted. */
  readonly hasMoreValues?: boolean;
  /** The smallest number; absent if it has none. */
  readonly minimum?: number;
  /** The largest one. */
  readonly maximum?: number;
  /** The values of a category with their rows, in the order of its inputs. */
  readonly categories?: readonly ValueCount[];
}

/** How the cells of a column are written, where they could be read in two ways. */
export interface CellFormat {
  /** True if its numbers have percent signs. */
  readonly hasPercents?: boolean;
  /** Of dates. */
  readonly dayOrder?: DayOrder;
}

/** Rows that are in the file and not in the dataset, by the reason. */
export interface DroppedRowCounts {
  /** Rows without a target. */
  readonly missingTarget: number;
  /** Rows with a missing cell. */
  readonly gaps: number;
  /** Rows of a class that is too rare to be split. */
  readonly rareClass: number;
}

/** What was found in a file of test rows. */
export interface TestFacts {
  readonly file: string;
  readonly rows: number;
  /** Categories that the other file does not have: they count as missing. */
  readonly unknown: readonly {
    readonly column: string;
    readonly cells: number;
    readonly values: readonly string[];
  }[];
}

/** What was detected in a table, and how it is used: for people, and for the kept experiment. */
export interface TableFacts {
  /** How the file is read. */
  readonly reading: Reading;
  /** All columns of the file, in its order. */
  readonly columns: readonly ColumnFacts[];
  /** By the names of columns; those that need none are not in it. */
  readonly formats: ReadonlyMap<string, CellFormat>;
  /** The classes with their rows, in their order; none of quantities. */
  readonly classes: readonly ValueCount[];
  readonly droppedRows: DroppedRowCounts;
  /** Groups of values of one column that differ in case, spaces or a final dot alone. */
  readonly lookAlikes: readonly LookAlikes[];
  /** What stands for missing cells in the file, with how often: `""` is an empty cell. */
  readonly missingWords: readonly ValueCount[];
  /** Present if the test rows are in a file of their own. */
  readonly test?: TestFacts;
  /** The side of the square pictures that the rows look like; absent if they do not. */
  readonly pictureSide?: number;
  /** Options that leave nothing open: with them, the table is read as the same dataset. */
  readonly choices: TableOptions;
}

export interface LookAlikes {
  readonly column: string;
  readonly values: readonly string[];
}
