/** What a file's fields are separated by: the words that users write. */
export const SEPARATORS = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  bar: "|",
  /** Any run of spaces and tabs, as in tables of fixed width. */
  space: " ",
} as const;
export type Separator = keyof typeof SEPARATORS;

/** How numbers are written. */
export interface NumberFormat {
  readonly decimal: "." | ",";
  /** What can stand between groups of three digits; `" "` is any kind of space. */
  readonly thousands: "." | "," | "'" | " ";
}

/** How the bytes of a table are cut into records and fields, and how its numbers are written. */
export interface Dialect extends NumberFormat {
  readonly separator: Separator;
  /** True if `'` quotes fields as `"` does. */
  readonly singleQuotes: boolean;
  /** How a line that is no record begins; "" if all lines are records. */
  readonly comment: string;
  /** The byte and the line, from 1, where the first record can start. */
  readonly start: number;
  readonly startLine: number;
  /** Whether records of nothing but separators are skipped, as blank lines are. */
  readonly skipsEmpty: boolean;
  /** Fields that a record has, and how many of them are columns: those after them are empty. */
  readonly fields: number;
  readonly width: number;
}

/** Commas, and records of any number of fields. */
export const PLAIN_CSV: Dialect = {
  separator: "comma",
  singleQuotes: false,
  comment: "",
  decimal: ".",
  thousands: ",",
  start: 0,
  startLine: 1,
  skipsEmpty: false,
  fields: Infinity,
  width: Infinity,
};

/** The separator that a user writes by its name, as the character itself, or as `\\t`. */
export function separatorOf(written: string): Separator | undefined {
  const names = Object.keys(SEPARATORS) as Separator[];
  const character = written === "\\t" ? "\t" : written;
  return names.find((name) => character === name || character === SEPARATORS[name]);
}
