import type { TableColumn } from "../../table/cell_table.ts";
import { pageColumns, usualColumns } from "../../table/choose_columns.ts";
import { sortRows } from "../../table/sort_rows.ts";
import type { TableView } from "../../table/text_columns.ts";
import { data, table } from "./page_data.ts";
import { currentState } from "./state.ts";

/** The most rows that are shown before the reader asks for all. */
const FIRST_ROWS = 100;

/** How the reader looks at the table of cells, beside what the page's state says. */
interface TableState {
  /** The column that rows are sorted by, and how. */
  readonly order: { readonly column: string; readonly isDescending: boolean };
  /** Names of the columns that are shown. */
  readonly shown: ReadonlySet<string>;
  /** Whether all rows are shown, however many there are. */
  readonly isWhole: boolean;
}

/** All columns that can be shown, in their order. */
export const columns = pageColumns(table);
const USUAL = new Set(usualColumns(table).map(({ name }) => name));

let state: TableState = { order: table.order, shown: USUAL, isWhole: false };
let listener = () => {};

export function tableState(): TableState {
  return state;
}

/** Changes how the table is looked at. */
export function changeTable(change: Partial<TableState>): void {
  state = { ...state, ...change };
  listener();
}

/** Calls a function after each change from now on. */
export function onTableChange(newListener: () => void): void {
  listener = newListener;
}

/** Shows the columns of a report that nobody has changed. */
export function showUsualColumns(): void {
  changeTable({ shown: USUAL });
}

/** The columns that are shown and the rows that the filter selects, in the order of the page. */
export function tableView(): TableView {
  const { order, shown } = state;
  const { filtered } = currentState();
  const rows = data.cells.flatMap(({ name }, row) => filtered?.has(name) ?? true ? [row] : []);
  const column = columns.find(({ name }) => name === order.column);
  const isAsMade = order.column === table.order.column &&
    order.isDescending === table.order.isDescending;
  return {
    columns: columns.filter(({ name }) => shown.has(name)),
    // Best first, with what decides between equal means.
    rows: isAsMade || !column ? rows : sortRows(rows, column, order),
  };
}

/** The rows that are drawn: the first ones, unless the reader asked for all. */
export function drawnRows({ rows }: TableView): readonly number[] {
  return state.isWhole ? rows : rows.slice(0, FIRST_ROWS);
}

/** Sorts by a column, or turns its order around. */
export function sortBy({ name, format }: TableColumn): void {
  const { order } = state;
  const isNumber = format.kind === "number";
  const isDescending = order.column === name
    ? !order.isDescending
    : name === table.order.column
    ? table.order.isDescending
    // Verdicts start with the better ones, numbers with the largest.
    : isNumber || name === "verdict";
  changeTable({ order: { column: name, isDescending } });
}
