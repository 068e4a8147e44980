import { capitalized } from "../../wording/capitalized.ts";
import { type CellTable, isText, type TableColumn } from "./cell_table.ts";
import { fieldTexts, intervalTextOf } from "./field_text.ts";

/** A column as people read it: an interval has one of its own. */
export interface TextColumn {
  readonly heading: string;
  /** True of words, which start at the left. */
  readonly isText: boolean;
  /** True of a hyperparameter's numbers, which differ in their digits after the point. */
  readonly isRagged: boolean;
  /** One per row; empty where there is nothing. */
  readonly texts: readonly string[];
}

/** A column's text in a row; numbers that are not there have a dash. */
export function textAt({ isText, texts }: TextColumn, row: number, dash = "–"): string {
  return texts[row] || (isText ? "" : dash);
}

/** What of a table is written: some of its columns and rows, in this order. */
export interface TableView {
  readonly columns: readonly TableColumn[];
  readonly rows: readonly number[];
}

/** A table as its maker sorted it, with some of its columns. */
export function wholeView({ rows }: CellTable, columns: readonly TableColumn[]): TableView {
  return { columns, rows: Array.from({ length: rows }, (_, row) => row) };
}

/** The columns of a view as texts. */
export function textColumns({ columns, rows }: TableView): TextColumn[] {
  return columns.flatMap((column): TextColumn[] => {
    const words = isText(column);
    const field = {
      heading: column.heading,
      isText: words,
      isRagged: column.format.kind === "value" && !words,
      texts: rows.map(fieldTexts(column)),
    };
    const intervals = rows.map((row) => intervalTextOf(column, row));
    if (!column.interval || intervals.every((text) => text === "")) return [field];
    const { heading } = column.interval;
    return [field, {
      heading: capitalized(heading),
      isText: false,
      isRagged: false,
      texts: intervals,
    }];
  });
}
