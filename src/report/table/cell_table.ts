import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";

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
  /** Multiplied by `factor`; `isSigned` if positive numbers have a plus sign. */
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
}

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
  /** A hyperparameter that differs between cells, or what is shown on request only. */
  readonly group?: "swept" | "detail";
  /** What filters need to know of a hyperparameter's values. */
  readonly shape?: "per_layer" | "list";
  readonly isBoolean?: true;
}

/** The table of cells, best first: all that the page and `deno task table` write. */
export interface CellTable {
  /** First the names that readers see, then those in the CSV files. */
  readonly columns: readonly TableColumn[];
  readonly rows: number;
  /** The column by which rows are sorted, and how. */
  readonly order: { readonly column: string; readonly isDescending: boolean };
}

/** Whether a column's fields start at the left, as words do. */
export function isText({ format, fields }: TableColumn): boolean {
  if (format.kind !== "value") return format.kind === "text";
  return fields.some((field) => field !== null && typeof field !== "number");
}

/** The names that readers see, and those in the CSV files. */
export function nameColumnsOf({ columns }: CellTable): readonly [TableColumn, TableColumn] {
  return [columns[0], columns[1]];
}
