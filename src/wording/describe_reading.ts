import type { Reading } from "../dataset/table/reading.ts";
import { countOf } from "../format_number.ts";
import type { ManifestReading } from "../results/manifest.ts";

/** How a table is read: all of it, or as much as its manifest says. */
type ShownReading =
  & ManifestReading
  & Partial<Pick<Reading, "thousands" | "singleQuotes" | "hasIndex" | "emptyColumns">>;

const ENCODING_NAMES: Readonly<Record<string, string>> = {
  "utf-8": "UTF-8",
  "utf-16": "UTF-16",
  "latin-1": "Latin-1",
};
const SEPARATOR_NAMES: Readonly<Record<string, string>> = {
  comma: "commas",
  semicolon: "semicolons",
  tab: "tabs",
  bar: "bars",
  space: "spaces",
};
const THOUSANDS_NAMES = { ".": "points", ",": "commas", "'": "apostrophes", " ": "spaces" };

/** How a table is read, in words: `UTF-8, semicolons, a header, decimal commas`. */
export function describeReading(reading: ShownReading): string {
  const { encoding, separator, comment, skipRows, thousands = "", emptyColumns = 0 } = reading;
  if (reading.format === "parquet") return "Parquet";
  const parts = [
    ENCODING_NAMES[encoding] ?? encoding,
    SEPARATOR_NAMES[separator] ?? separator,
    reading.header ? "a header" : "no header",
    reading.decimal === "," && "decimal commas",
    thousands !== "" && `${THOUSANDS_NAMES[thousands]} between thousands`,
    reading.singleQuotes && "single quotes",
    comment !== "" && `comments after ${comment}`,
    skipRows > 0 && `${countOf(skipRows, "line")} skipped`,
    reading.hasIndex && "a first column without a name",
    emptyColumns > 0 &&
    (emptyColumns === 1 ? "an empty last column" : `${emptyColumns} empty last columns`),
  ];
  return parts.filter(Boolean).join(", ");
}
