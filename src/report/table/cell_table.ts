import { formatValue } from "../../trainers/format_value.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";

/** Characters of a hyperparameter's value that stand in one line. */
const LONGEST_LINE = 28;

/** A field as the CSV files have it; null where there is none. */
export type Field = HyperparameterValue | null;

/** How a column's fields are written for people. */
export type FieldFormat =
  /** Words as they are. */
  | { readonly kind: "text" }
  /** A hyperparameter's values, with digits that keep them apart. */
  | { readonly kind: "value" }
  /** A probability. */
  | { readonly kind: "p" }
  /** Multiplied by `factor`; `isSigned` of differences: positive ones have a plus sign. */
  | {
    readonly kind: "number";
    readonly factor: number;
    readonly decimals: number;
    readonly isSigned?: true;
  };

/** The intervals of a column of means. */
export interface ColumnInterval {
  readonly heading: string;
  /** What its two ends are called in CSV and JSON. */
  readonly names: readonly [low: string, high: string];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  /** What no end is shown beyond, as the CSV files have it; null where there is no bound. */
  readonly bounds: readonly [least: number | null, most: number | null];
  /** How bars show the intervals; absent where no bars are. */
  readonly bar?: IntervalBar;
}

/** What the bars of a column's intervals have in common, in the units of the fields. */
export interface IntervalBar {
  readonly axis: readonly [low: number, high: number];
  /** The baseline's mean, or no difference; null where there is none. */
  readonly reference: number | null;
  /** Differences smaller than this are of no practical interest. */
  readonly equivalence?: number;
}

/**
 * What a column is: a name of the cell, why the cell is pointed out, what answers the question, a
 * hyperparameter that differs between cells, or what is shown on request only.
 */
export type ColumnGroup = "name" | "role" | "result" | "swept" | "detail";

/** A column with a field for each cell, in the table's order. */
export interface TableColumn {
  /** What `--columns` and filters call it: its name in the CSV files. */
  readonly name: string;
  readonly heading: string;
  readonly format: FieldFormat;
  readonly fields: readonly Field[];
  readonly interval?: ColumnInterval;
  /** Smaller texts beside fields. */
  readonly notes?: readonly (string | null)[];
  /** What fields are sorted by, if not by themselves. */
  readonly ranks?: readonly (number | null)[];
  /** What always predicting the commonest class has, as text. */
  readonly constant?: string;
  readonly group: ColumnGroup;
  /** What filters need to know of a hyperparameter's values. */
  readonly shape?: "per_layer" | "list";
  readonly isBoolean?: true;
}

/** The table of cells, best first: all that the page and `deno task table` write. */
export interface CellTable {
  /** The names that readers see come first, then those in the CSV files. */
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  /** What always predicting the commonest class is called, if the classes were counted. */
  readonly constantLabel?: string;
  /** The column by which rows are sorted, and how. */
  readonly order: { readonly column: string; readonly isDescending: boolean };
}

/** Whether a column's fields start at the left, as words do. */
export function isText({ format, fields }: TableColumn): boolean {
  if (format.kind !== "value") return format.kind === "text";
  return fields.some((field) => field !== null && typeof field !== "number");
}

/** The names of a column's class in HTML, for the page's style. */
export function classOf(column: TableColumn): string {
  const { name, group } = column;
  return [
    ...isText(column) ? ["text"] : [],
    ...name === "mean" ? ["metric"] : [],
    ...group === "swept" || group === "detail" ? [group] : [],
    ...(group === "swept" || group === "result") && isLong(column) ? ["long"] : [],
  ].join(" ");
}

/** Whether a field has so many characters that it takes several lines. */
function isLong({ fields }: TableColumn): boolean {
  return fields.some((field) => field !== null && formatValue(field).length > LONGEST_LINE);
}

/** A table's columns of some groups, group by group. */
export function columnsOf(
  { columns }: CellTable,
  ...groups: readonly ColumnGroup[]
): readonly TableColumn[] {
  return groups.flatMap((group) => columns.filter((column) => column.group === group));
}
