import type { Place } from "../../user_error.ts";
import type { CsvScanner } from "./csv_scanner.ts";
import type { Separator } from "./dialect.ts";

/** `latin-1` is Windows-1252, which has the characters of Latin-1 and some more. */
export type Encoding = "utf-8" | "utf-16" | "latin-1";

/** How to read a table's file, as the experiment has it. What is absent is detected from the bytes. */
export interface ReadingOptions {
  /** What stands between fields: a name of `SEPARATORS`, or the character itself. */
  readonly separator?: string;
  /** Whether the first record names the columns; else they are column_1, column_2 and so on. */
  readonly header?: boolean;
  /** The mark before a number's decimals; the other one can stand between thousands. */
  readonly decimal?: "." | ",";
  readonly encoding?: Encoding;
  /** How a line begins that is no record, such as `#`; "" if every line is one. */
  readonly comment?: string;
  /** How many lines to leave out at the start of the file. */
  readonly skipRows?: number;
  /** True to detect nothing, and read the file as the first version read every file. */
  readonly asFirstVersion?: boolean;
  /** Where the options are written, for messages. */
  readonly places?: { readonly [option in ReadingOption]?: Place };
}

export type ReadingOption =
  | "separator"
  | "header"
  | "decimal"
  | "encoding"
  | "comment"
  | "skipRows";

/** How a table's file is read: everything settled, whether written or detected. */
export interface Reading {
  readonly format: "text" | "parquet";
  readonly encoding: Encoding;
  readonly separator: Separator;
  readonly header: boolean;
  readonly decimal: "." | ",";
  readonly comment: string;
  readonly skipRows: number;
  /** True if `'` quotes fields as `"` does. */
  readonly singleQuotes: boolean;
  /** What stands between thousands in some numbers; "" if nothing was seen. */
  readonly thousands: "" | "." | "," | "'" | " ";
  /** Whether the header has no name for the first column: row names that pandas or R wrote. */
  readonly hasIndex: boolean;
  /** How many columns at the end were left out, since they have neither names nor values. */
  readonly emptyColumns: number;
}

/** How a file of commas in UTF-8 with a header is read. */
export const PLAIN_READING: Reading = {
  format: "text",
  encoding: "utf-8",
  separator: "comma",
  header: true,
  decimal: ".",
  comment: "",
  skipRows: 0,
  singleQuotes: false,
  thousands: "",
  hasIndex: false,
  emptyColumns: 0,
};

/** A table's records, one after another: `CsvScanner` says what the members do. */
export type Records = Pick<
  CsvScanner,
  | "next"
  | "line"
  | "count"
  | "quoteProblem"
  | "skipped"
  | "isEmpty"
  | "isPercent"
  | "byteLength"
  | "number"
  | "text"
  | "lenientText"
  | "place"
>;

/** A table's file, once it is known how to read it. */
export interface OpenTable {
  readonly reading: Reading;
  /** The columns' names, all different and none empty; a record has as many fields. */
  readonly names: readonly string[];
  /** The line of the file that names the columns, or where the first record starts. */
  readonly line: number;
  /** Where a column is named, or its first cell. */
  place(column: number): Place;
  /** Begins a pass over the records under the header. */
  records(): Records;
}
