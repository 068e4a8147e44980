import { countOf, formatCount } from "../../format_number.ts";
import type { ManifestColumn, ManifestDataset } from "../../results/manifest.ts";
import { describeReading } from "../../wording/describe_reading.ts";
import { describeDroppedRows } from "../../wording/describe_table.ts";
import { type Markup, markup } from "../markup.ts";
import { listed } from "./_listed.ts";

/** Names that are listed of each kind; the manifest has all. */
const MOST_NAMES = 20;

/** How a dataset's file was read and its columns used, as terms with facts; none of old manifests. */
export function tableFacts(dataset: ManifestDataset): (readonly [string, Markup])[] {
  const { reading, columns = [], droppedRows = {}, test } = dataset;
  const dropped = columns.filter(({ use }) => use === "drop");
  const gaps = columns.filter(({ use, missing }) => use === "feature" && missing > 0);
  const left = describeDroppedRows(droppedRows);
  return [
    ...reading ? [["Read as", markup`${describeReading(reading)}`] as const] : [],
    ...test === undefined ? [] : [["Test rows", markup`from <code>${test}</code>`] as const],
    ...usedKinds(columns),
    ...dropped.length > 0 ? [["Columns not used", listOf(dropped, droppedText)] as const] : [],
    ...gaps.length > 0 ? [["Missing cells", listOf(gaps, missingText)] as const] : [],
    ...left.length > 0 ? [["Rows left out", markup`${left.join(", ")}`] as const] : [],
  ];
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

function missingText({ missing }: ManifestColumn): string {
  return `: ${formatCount(missing)}`;
}

/** `a (text), b (date) and 3 more`. */
function listOf(
  columns: readonly ManifestColumn[],
  note: (column: ManifestColumn) => string,
): Markup {
  return listed(columns.map((column) => ({ name: column.name, note: note(column) })), MOST_NAMES);
}
