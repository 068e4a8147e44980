import { countOf, formatCount } from "../../format_number.ts";
import type { Manifest, ManifestColumn, ManifestReading } from "../../results/manifest.ts";
import { type Markup, markup } from "../markup.ts";
import { listed } from "./_listed.ts";

/** Names that are listed of each kind; the manifest has all. */
const MOST_NAMES = 20;

type DatasetFacts = Manifest["dataset"];

/** How a dataset's file was read and its columns used, as terms with facts; none of old manifests. */
export function tableFacts(dataset: DatasetFacts): (readonly [string, Markup])[] {
  const { reading, columns = [], droppedRows = {}, test } = dataset;
  const dropped = columns.filter(({ use }) => use === "drop");
  const gaps = columns.filter(({ use, missing }) => use === "feature" && missing > 0);
  const left = Object.entries(droppedRows).filter(([, rows]) => rows > 0);
  return [
    ...reading ? [["Read as", markup`${readingText(reading)}`] as const] : [],
    ...test === undefined ? [] : [["Test rows", markup`from <code>${test}</code>`] as const],
    ...usedKinds(columns),
    ...dropped.length > 0 ? [["Columns not used", listOf(dropped, droppedText)] as const] : [],
    ...gaps.length > 0
      ? [
        [
          "Missing cells",
          listOf(gaps, ({ missing }) => `: ${formatCount(missing)}`),
        ] as const,
      ]
      : [],
    ...left.length > 0
      ? [
        [
          "Rows left out",
          markup`${
            left.map(([reason, rows]) => `${formatCount(rows)} ${REASONS[reason] ?? reason}`).join(
              ", ",
            )
          }`,
        ] as const,
      ]
      : [],
  ];
}

/** How reasons to leave rows out read. */
const REASONS: Readonly<Record<string, string>> = {
  missingTarget: "without a target",
  gaps: "with a missing cell",
  rareClass: "of a class that is too rare",
};

/** How separators and encodings are called; others by their names. */
const SEPARATED: Readonly<Record<string, string>> = {
  comma: "commas",
  semicolon: "semicolons",
  tab: "tabs",
  bar: "bars",
  space: "spaces",
};
const ENCODED: Readonly<Record<string, string>> = { "utf-16": "UTF-16", "latin-1": "Latin-1" };

/** `fields separated by semicolons, with a header, decimal comma, Latin-1`. */
function readingText(reading: ManifestReading): string {
  const { format, separator, header, decimal, encoding, comment, skipRows } = reading;
  if (format === "parquet") return "Parquet";
  return [
    `fields separated by ${SEPARATED[separator] ?? separator}`,
    header ? "with a header" : "no header",
    ...decimal === "." ? [] : ["decimal comma"],
    ...encoding === "utf-8" ? [] : [ENCODED[encoding] ?? encoding],
    ...comment === "" ? [] : [`comments begin with ${comment}`],
    ...skipRows === 0 ? [] : [`without the first ${countOf(skipRows, "line")}`],
  ].join(", ");
}

/** How many columns of each type models learn from, with the names of those that are no numbers. */
function usedKinds(columns: readonly ManifestColumn[]): (readonly [string, Markup])[] {
  const used = columns.filter(({ use }) => use === "feature");
  const others = used.filter(({ type }) => type !== "number");
  if (others.length === 0) return [];
  const numbers = used.length - others.length;
  return [[
    "Columns used",
    markup`${numbers > 0 ? `${countOf(numbers, "number")}; ` : ""}${
      listOf(others, ({ type }) => ` (${type})`)
    }`,
  ]];
}

function droppedText({ type, why }: ManifestColumn): string {
  return ` (${why ?? type})`;
}

/** `a (text), b (date) and 3 more`. */
function listOf(
  columns: readonly ManifestColumn[],
  note: (column: ManifestColumn) => string,
): Markup {
  return listed(columns.map((column) => ({ name: column.name, note: note(column) })), MOST_NAMES);
}
