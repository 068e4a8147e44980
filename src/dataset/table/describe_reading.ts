import type { Separator } from "./dialect.ts";
import type { Encoding, Reading } from "./reading.ts";

const ENCODING_NAMES: Readonly<Record<Encoding, string>> = {
  "utf-8": "UTF-8",
  "utf-16": "UTF-16",
  "latin-1": "Latin-1",
};
const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = {
  comma: "commas",
  semicolon: "semicolons",
  tab: "tabs",
  bar: "bars",
  space: "spaces",
};
const THOUSANDS_NAMES = { ".": "points", ",": "commas", "'": "apostrophes", " ": "spaces" };

/** How a table is read, in words: `UTF-8, semicolons, a header, decimal commas`. */
export function describeReading(reading: Reading): string {
  const { comment, skipRows, thousands, emptyColumns } = reading;
  if (reading.format === "parquet") return "Parquet";
  const parts = [
    ENCODING_NAMES[reading.encoding],
    SEPARATOR_NAMES[reading.separator],
    reading.header ? "a header" : "no header",
    reading.decimal === "," && "decimal commas",
    thousands !== "" && `${THOUSANDS_NAMES[thousands]} between thousands`,
    reading.singleQuotes && "single quotes",
    comment !== "" && `comments after ${comment}`,
    skipRows > 0 && (skipRows === 1 ? "1 line skipped" : `${skipRows} lines skipped`),
    reading.hasIndex && "a first column without a name",
    emptyColumns > 0 &&
    (emptyColumns === 1 ? "an empty last column" : `${emptyColumns} empty last columns`),
  ];
  return parts.filter((part) => part !== false).join(", ");
}
