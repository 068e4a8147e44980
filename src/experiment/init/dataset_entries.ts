import { isAbsolute } from "node:path";
import type { Dataset } from "../../dataset/dataset.ts";
import { quoted } from "../../dataset/quote.ts";
import type { ColumnFacts, DroppedRowCounts } from "../../dataset/table_facts.ts";
import { OTHER_COLUMNS } from "../../dataset/table_options.ts";
import { countOf, formatCount } from "../../format_number.ts";
import { isMapping, type Mapping } from "../source/mapping.ts";
import { Block, type Entry } from "./annotated_yaml.ts";

/** Columns of a table in which each has a line. */
const MOST_LISTED = 60;
/** Values that a comment names; others are counted. */
const MOST_NAMED = 6;
/** Significant digits of a column's range. */
const DIGITS = 6;

/** A table, and what a comment says of it. */
export interface ExplainedTable {
  readonly dataset: Pick<Dataset, "task" | "facts">;
  /** The keys of the `dataset:` block, with everything that was detected in the table. */
  readonly settled: Mapping;
  /** Why that column is the target, to follow a word; empty if the user said so. */
  readonly targetReason: string;
}

/** Says why a key has its value; nothing if that needs no words. */
type Reason = (table: ExplainedTable, value: unknown) => string | undefined;

/** In the order in which the keys are written. */
const REASONS: Readonly<Record<string, Reason>> = {
  path: (_, value) => isAbsolute(String(value)) ? undefined : "relative to this file",
  target: ({ targetReason }) => `the column to predict${targetReason}`,
  task: taskReason,
  separator: () => "what stands between fields: comma, semicolon, tab, bar or space",
  header: (_, value) =>
    value === true ? "the first line names the columns" : "no line names the columns",
  decimal: () => "the mark before a number's decimals",
  encoding: () => "utf-8, utf-16 or latin-1",
  comment: () => "how a line begins that is no row",
  skip_rows: () => "lines to leave out at the start",
  missing: missingReason,
  drop_rows: ({ dataset: { facts: { droppedRows } } }) => droppedRowsText(droppedRows),
  columns: () => "what each is used as: number, boolean, category, date or drop",
  impute: () =>
    "gaps become the median of the training rows, and one more input says where they were",
  standardize: (_, value) =>
    value === "global"
      ? "(x − mean) / deviation, one of each for all columns, since the rows look like pictures"
      : "numbers become (x − mean) / deviation, those of the training rows; or robust, global, none",
  split: (_, value) =>
    isMapping(value) && value.stratify === true
      ? "each seed draws its own rows, and each class has its share of each part"
      : "each seed draws its own training and validation rows",
};

/** What is so usual that a file without it needs no line. */
const USUAL: Readonly<Record<string, unknown>> = {
  decimal: ".",
  encoding: "utf-8",
  comment: "",
  skip_rows: 0,
};

/** Writes the `dataset:` block of a first experiment: what was detected in the table, and why. */
export function datasetEntries(table: ExplainedTable): Entry[] {
  const { settled, dataset: { facts } } = table;
  const known = Object.keys(REASONS).filter((key) => Object.hasOwn(settled, key));
  const others = Object.keys(settled).filter((key) => !Object.hasOwn(REASONS, key));
  return [...known, ...others].flatMap((key) => {
    const value = settled[key];
    const isEmpty = Array.isArray(value) && value.length === 0;
    if (isEmpty || Object.hasOwn(USUAL, key) && USUAL[key] === value) return [];
    const comment = REASONS[key]?.(table, value);
    const isTable = key === "columns" && isMapping(value);
    return [{ key, value: isTable ? columnsBlock(value, facts.columns) : value, comment }];
  });
}

function taskReason({ dataset: { task, facts: { classes } } }: ExplainedTable): string {
  if (task === "regression") {
    return "the target's values are quantities; with classification, each would be a class";
  }
  const rows = classes.map(({ name, rows }) => `${quoted(name)} ${formatCount(rows)}`);
  return `classes and their rows: ${named(rows)}`;
}

/** `left out: 10 rows without a target`; nothing if all rows are used. */
export function droppedRowsText(
  { missingTarget, rareClass }: DroppedRowCounts,
): string | undefined {
  const parts = [
    ...missingTarget > 0 ? [`${countOf(missingTarget, "row")} without a target`] : [],
    ...rareClass > 0 ? [`${countOf(rareClass, "row")} of a rare class`] : [],
  ];
  return parts.length > 0 ? `left out: ${parts.join(" and ")}` : undefined;
}

function missingReason({ dataset: { facts: { missingWords } } }: ExplainedTable): string {
  const cells = missingWords.map(({ name, rows }) =>
    `${name === "" ? "an empty cell" : quoted(name)} ${formatCount(rows)} times`
  );
  return `what stands for a gap, beside an empty cell: ${named(cells)}`;
}

/** A line for each column, but for those that are used as most are in a wide table. */
function columnsBlock(uses: Mapping, columns: readonly ColumnFacts[]): Block {
  const usual = uses[OTHER_COLUMNS];
  const features = columns.filter(({ use }) => use === "feature" || use === "drop");
  const isListed = ({ name }: ColumnFacts) =>
    Object.hasOwn(uses, name) || usual !== undefined && features.length <= MOST_LISTED;
  const listed = features.filter(isListed);
  const others = features.length - listed.length;
  return new Block([
    ...listed.map((column) => {
      const value = Object.hasOwn(uses, column.name) ? uses[column.name] : usual;
      return { key: column.name, value, comment: describeColumn(column, value === "drop") };
    }),
    ...usual !== undefined && others > 0
      ? [{ key: OTHER_COLUMNS, value: usual, comment: `the other ${countOf(others, "column")}` }]
      : [],
  ]);
}

function describeColumn(column: ColumnFacts, isDropped: boolean): string {
  const { why, type, missing, distinct, hasMoreValues, minimum, maximum, categories } = column;
  const gaps = missing > 0 ? `, ${countOf(missing, "gap")}` : "";
  const values = `${formatCount(distinct)}${hasMoreValues ? " or more" : ""} different values`;
  if (isDropped) return `${why ?? `${type}: ${values}`}${gaps}`;
  if (categories) return named(categories.map(({ name }) => quoted(name))) + gaps;
  if (minimum !== undefined && maximum !== undefined) {
    return `${shortest(minimum)} to ${shortest(maximum)}${gaps}`;
  }
  return values + gaps;
}

function shortest(value: number): string {
  return String(Number(value.toPrecision(DIGITS)));
}

/** The first few, and how many others there are. */
function named(texts: readonly string[]): string {
  const more = texts.length - MOST_NAMED;
  if (more < 2) return texts.join(", ");
  return `${texts.slice(0, MOST_NAMED).join(", ")} and ${formatCount(more)} others`;
}
