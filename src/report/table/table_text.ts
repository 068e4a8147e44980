import { UserError } from "../../user_error.ts";
import { capitalized } from "../../wording/capitalized.ts";
import { scaleOf } from "../../wording/metric_scale.ts";
import { unfinishedSentence } from "../../wording/unfinished_sentence.ts";
import type { CellTable, Field } from "./cell_table.ts";
import { chooseColumns, defaultColumns } from "./choose_columns.ts";
import { csvTable, dataRows } from "./data_table.ts";
import { filterRows } from "./filter_rows.ts";
import { latexTable } from "./latex_table.ts";
import { markdownTable } from "./markdown_table.ts";
import { plainTable } from "./plain_table.ts";
import type { SweepTable } from "./read_cell_table.ts";
import { sortRows } from "./sort_rows.ts";
import type { TableFormat } from "./table_formats.ts";
import type { TableView } from "./text_columns.ts";

/** What of a table of cells is written. */
export interface TableChoice {
  /** Names of columns, separated by commas; those that the format is for if not given. */
  readonly columns?: string;
  /** The column that sorts the cells, the smallest value first; the best cell is first if not given. */
  readonly sort?: string;
  /** True: the order is turned around. */
  readonly descending?: boolean;
  /** Cells, by name or by conditions such as `dropout>0.2 verdict=better`; all if there are none. */
  readonly only?: readonly string[];
}

/**
 * A sweep's table of cells as a text.
 *
 * @throws {UserError} If the choice names a column that the table does not have, or means no cell.
 */
export function tableText(
  sweep: Pick<SweepTable, "table" | "manifest" | "analysis">,
  format: Exclude<TableFormat, "json">,
  choice: TableChoice = {},
): string {
  const caption = captionOf(sweep);
  const unfinished = unfinishedSentence(sweep.manifest);
  return writeTable(sweep.table, { format, choice, caption, unfinished });
}

/** How a table is written. */
export interface TableWriting {
  readonly format: Exclude<TableFormat, "json">;
  readonly choice?: TableChoice;
  /** What the numbers are of: a sentence. */
  readonly caption: string;
  /** What is missing; absent if nothing is. */
  readonly unfinished?: string;
}

/**
 * A table as a text.
 *
 * @throws {UserError} As `tableText()`.
 */
export function writeTable(
  table: CellTable,
  { format, choice = {}, caption, unfinished }: TableWriting,
): string {
  const view = viewOf(table, format, choice);
  switch (format) {
    case "text":
      return `${caption}\n\n${plainTable(view)}`;
    case "markdown":
      return markdownTable(view, [caption, unfinished].filter(Boolean).join(" "));
    case "latex":
      return latexTable(view, [caption, ...unfinished === undefined ? [] : [unfinished]]);
    case "csv":
      return csvTable(view);
  }
}

/**
 * The rows of a sweep's table of cells, as programs read them.
 *
 * @throws {UserError} As `tableText()`.
 */
export function tableRows(table: CellTable, choice: TableChoice = {}): Record<string, Field>[] {
  return dataRows(viewOf(table, "json", choice));
}

function viewOf(table: CellTable, format: TableFormat, choice: TableChoice): TableView {
  const columns = choice.columns === undefined
    ? defaultColumns(table, format)
    : chooseColumns(table, choice.columns);
  return { columns, rows: sorted(table, keptRows(table, choice), choice) };
}

/** What the numbers are of: `Validation accuracy in l1-vs-l2; differences are from …`. */
function captionOf({ manifest: { experiment }, analysis }: Omit<SweepTable, "table">): string {
  const { noun, direction } = scaleOf(analysis);
  return `${capitalized(noun)}${direction} in ${experiment.name}, ` +
    `with differences from ${analysis.question.baseline}.`;
}

/** The rows of the cells that `--only` means, ascending; all if it is not given. */
function keptRows(table: CellTable, { only = [] }: TableChoice): readonly number[] {
  if (only.length === 0) return filterRows("", table).rows ?? [];
  const kept = new Set<number>();
  for (const text of only) {
    const { rows = [], problem } = filterRows(text, table);
    if (problem) {
      const { reason, hint } = problem;
      throw new UserError({ message: `Cannot use --only ${text}: ${reason}`, hint });
    }
    for (const row of rows) kept.add(row);
  }
  return [...kept].sort((a, b) => a - b);
}

function sorted(
  table: CellTable,
  rows: readonly number[],
  { sort, descending: isDescending = false }: TableChoice,
): readonly number[] {
  if (sort === undefined) return isDescending ? rows.toReversed() : rows;
  const [column] = chooseColumns(table, sort);
  return sortRows(rows, column, { isDescending });
}
