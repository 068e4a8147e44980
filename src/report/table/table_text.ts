import { metricColumn } from "../measures/metrics.ts";
import type { CellTable } from "../report/table/cell_table.ts";
import { chooseColumns, defaultColumns } from "../report/table/choose_columns.ts";
import { csvTable, dataRows } from "../report/table/data_table.ts";
import { filterRows } from "../report/table/filter_rows.ts";
import { latexTable } from "../report/table/latex_table.ts";
import { markdownTable } from "../report/table/markdown_table.ts";
import { plainTable } from "../report/table/plain_table.ts";
import type { SweepTable } from "../report/table/read_cell_table.ts";
import { sortRows } from "../report/table/sort_rows.ts";
import type { TableView } from "../report/table/text_columns.ts";
import { UserError } from "../user_error.ts";
import { capitalized } from "../wording/capitalized.ts";
import { scaleOf } from "../wording/metric_scale.ts";
import { unfinishedSentence } from "../wording/unfinished_sentence.ts";
import { documentText } from "./json/document_text.ts";
import type { Options } from "./options.ts";

/** How a table is written, and what of it. */
export type TableOptions = Pick<
  Options,
  "format" | "columns" | "sort" | "descending" | "only"
>;

/**
 * A sweep's table of cells as a text.
 *
 * @throws {UserError} If an option names a column that the table does not have, or means no cell.
 */
export function tableText(
  sweep: Pick<SweepTable, "table" | "manifest" | "analysis">,
  options: TableOptions,
): string {
  const { table, manifest } = sweep;
  const { format } = options;
  const columns = options.columns === undefined
    ? defaultColumns(table, format)
    : chooseColumns(table, options.columns);
  const view: TableView = { columns, rows: sorted(table, keptRows(table, options), options) };
  const caption = captionOf(sweep);
  const unfinished = unfinishedSentence(manifest);
  switch (format) {
    case "text":
      return `${caption}\n\n${plainTable(view)}`;
    case "markdown":
      return markdownTable(view, [caption, unfinished].filter(Boolean).join(" "));
    case "latex":
      return latexTable(view, [caption, ...unfinished === undefined ? [] : [unfinished]]);
    case "csv":
      return csvTable(view);
    case "json":
      return json(sweep, view);
  }
}

/** What the numbers are of: `Validation accuracy in l1-vs-l2; differences are from …`. */
function captionOf({ manifest: { experiment }, analysis }: Omit<SweepTable, "table">): string {
  const { noun, direction } = scaleOf(analysis);
  return `${capitalized(noun)}${direction} in ${experiment.name}, ` +
    `with differences from ${analysis.question.baseline}.`;
}

/** The rows of the cells that `--only` means, ascending; all if it is not given. */
function keptRows(table: CellTable, { only }: TableOptions): readonly number[] {
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
  { sort, descending: isDescending }: TableOptions,
): readonly number[] {
  if (sort === undefined) return isDescending ? rows.toReversed() : rows;
  const [column] = chooseColumns(table, sort);
  return sortRows(rows, column, { isDescending });
}

function json(
  { manifest: { experiment, state = "complete" } }: SweepTable,
  view: TableView,
): string {
  return documentText("table", {
    experiment: experiment.name,
    state,
    metric: metricColumn(experiment.metric),
    better: experiment.largerIsBetter ? "larger" : "smaller",
    baseline: experiment.baseline,
    cells: dataRows(view),
  });
}
