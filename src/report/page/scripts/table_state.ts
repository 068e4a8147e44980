import type { TableColumn } from "../../table/cell_table.ts";
import { pageColumns, usualColumns } from "../../table/choose_columns.ts";
import { sortRows } from "../../table/sort_rows.ts";
import type { TableView } from "../../table/text_columns.ts";
import { data, table } from "./page_data.ts";
import { changeState, currentState } from "./state.ts";

/** The most rows that are shown before the reader asks for all. */
const FIRST_ROWS = 100;

/** What rows are sorted by, and how. */
type Order = typeof table.order;

/** All columns that can be shown, in their order. */
export const columns = pageColumns(table);
const USUAL: ReadonlySet<string> = new Set(usualColumns(table).map(({ name }) => name));

let isWhole = false;
let listener = () => {};

/** Calls a function once the reader has asked for all rows. */
export function onAllRows(newListener: () => void): void {
  listener = newListener;
}

/** Shows all rows, however many there are. */
export function showAllRows(): void {
  isWhole = true;
  listener();
}

/** Names of the columns that are shown. */
export function shownColumns(): ReadonlySet<string> {
  const { columns: names } = currentState();
  return names === "" ? USUAL : new Set(names.split(","));
}

/** Shows the columns of some names. */
export function showColumns(names: ReadonlySet<string>): void {
  const isUsual = names.symmetricDifference(USUAL).size === 0;
  changeState({ columns: isUsual ? "" : [...names].join(",") });
}

/** Shows the columns of a report that nobody has changed. */
export function showUsualColumns(): void {
  showColumns(USUAL);
}

/** What the rows are sorted by; as the table is made where the address has no such column. */
export function tableOrder(): Order {
  const { sort } = currentState();
  const isDescending = sort.startsWith("-");
  const column = sort.slice(isDescending ? 1 : 0);
  return columns.some(({ name }) => name === column) ? { column, isDescending } : table.order;
}

/** The columns that are shown and the rows that the filter selects, in the order of the page. */
export function tableView(): TableView {
  const [order, shown] = [tableOrder(), shownColumns()];
  const { filtered } = currentState();
  const rows = data.cells.flatMap(({ name }, row) => filtered?.has(name) ?? true ? [row] : []);
  const column = columns.find(({ name }) => name === order.column);
  return {
    columns: columns.filter(({ name }, place) => place === 0 || shown.has(name)),
    // Best first, with what decides between equal means.
    rows: isAsMade(order) || !column ? rows : sortRows(rows, column, order),
  };
}

/** The rows that are drawn: the first ones, unless the reader asked for all. */
export function drawnRows({ rows }: TableView): readonly number[] {
  return isWhole ? rows : rows.slice(0, FIRST_ROWS);
}

/** Sorts by a column, or turns its order around. */
export function sortBy({ name, format }: TableColumn): void {
  const order = tableOrder();
  const isNumber = format.kind === "number";
  const isDescending = order.column === name
    ? !order.isDescending
    : name === table.order.column
    ? table.order.isDescending
    // Verdicts start with the better ones, numbers with the largest.
    : isNumber || name === "verdict";
  const isUsual = isAsMade({ column: name, isDescending });
  changeState({ sort: isUsual ? "" : `${isDescending ? "-" : ""}${name}` });
}

function isAsMade({ column, isDescending }: Order): boolean {
  return column === table.order.column && isDescending === table.order.isDescending;
}
