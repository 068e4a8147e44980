import { type Problem, UserError } from "../../user_error.ts";
import { type CellTable, columnsOf, type TableColumn } from "./cell_table.ts";
import { columnHint } from "./filter_rows.ts";
import type { TableFormat } from "./table_formats.ts";

/**
 * The columns that a format has if nobody names any. A terminal has names in words, papers have a
 * column for each hyperparameter, and programs have all.
 */
export function defaultColumns(table: CellTable, format: TableFormat): readonly TableColumn[] {
  if (format === "csv" || format === "json") return table.columns;
  const [name] = table.columns;
  const results = columnsOf(table, "role", "result");
  const swept = columnsOf(table, "swept");
  return [...format === "text" || swept.length === 0 ? [name] : swept, ...results];
}

/**
 * The columns of the page: roles stand beside the names there, which say the values, so results come
 * before the hyperparameters.
 */
export function pageColumns(table: CellTable): readonly TableColumn[] {
  const [name, csvName] = table.columns;
  return [name, ...columnsOf(table, "result", "swept", "detail"), csvName];
}

/** Those of them that the page shows unasked. */
export function usualColumns(table: CellTable): readonly TableColumn[] {
  const [name] = table.columns;
  return [name, ...columnsOf(table, "result", "swept")];
}

/**
 * The columns of some names, in their order.
 *
 * @param names Separated by commas.
 * @throws {UserError} If the table has no column of a name; it lists those that there are.
 */
export function chooseColumns(table: CellTable, names: string): readonly TableColumn[] {
  const problems: Problem[] = [];
  const chosen = names.split(",").map((name) => name.trim()).flatMap((name) => {
    const column = table.columns.find((column) => column.name === name);
    if (!column) {
      problems.push({ message: `Unknown column "${name}"`, hint: columnHint(name, table) });
    }
    return column ?? [];
  });
  if (problems.length > 0) {
    const all = table.columns.map(({ name }) => name).join(", ");
    throw new UserError([...problems, { message: `The columns are ${all}` }]);
  }
  return chosen;
}
