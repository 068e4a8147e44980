import { html, nothing, render, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { countOf, formatCount } from "../../../format_number.ts";
import { classOf, columnsOf, type TableColumn } from "../../table/cell_table.ts";
import { fieldTexts, intervalTextOf } from "../../table/field_text.ts";
import { colorOf } from "./cell_colors.ts";
import { intervalBar } from "./interval_bar.ts";
import { data, table } from "./page_data.ts";
import { changeState, currentState, onStateChange } from "./state.ts";
import {
  columns,
  drawnRows,
  onAllRows,
  showAllRows,
  sortBy,
  tableOrder,
  tableView,
} from "./table_state.ts";
import { showTools } from "./table_tools.ts";

/** Writes the fields of each column. */
const writers = new Map(columns.map((column) => [column, fieldTexts(column)]));
/** Those with intervals: means, differences and test scores. */
const intervalColumns = columns.filter(({ interval }) => interval);
const [roles] = columnsOf(table, "role").map(({ fields }) => fields);

/** What the table shows of the page's state. */
const SHOWN_OF_STATE = ["marked", "filtered", "sort", "columns"] as const;

/** The row whose button the Tab key reaches. */
let reached = 0;

/** Draws the table of cells anew whenever what is shown of it changes. */
export function listenForTable(): void {
  const place = document.querySelector<HTMLElement>(".cells-scroll");
  if (!place) return;
  place.replaceChildren();
  document.querySelector(".cells-more")?.replaceChildren();
  makeRoom(place);
  const draw = () => showTable(place);
  draw();
  onAllRows(draw);
  onStateChange((state, before) => {
    if (SHOWN_OF_STATE.some((key) => state[key] !== before[key])) draw();
  });
}

/** Gives a column's intervals as much room as the longest has, so that its means stand in line. */
function makeRoom(place: HTMLElement): void {
  intervalColumns.forEach((column, index) => {
    const lengths = data.cells.map((_, row) => intervalTextOf(column, row).length);
    const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
    place.style.setProperty(`--interval-${index}`, String(longest));
  });
}

function showTable(place: HTMLElement): void {
  const view = tableView();
  const rows = drawnRows(view);
  if (!rows.includes(reached)) reached = rows[0] ?? 0;
  const { marked } = currentState();
  render(
    html`<table class="cells">
<thead><tr>${view.columns.map(headingOf)}</tr></thead>
<tbody>${repeat(rows, (row) => row, (row) => rowOf(row, view.columns, marked))}</tbody>
${footOf(view.columns)}
</table>`,
    place,
  );
  showTools(view);
  const more = document.querySelector<HTMLElement>(".cells-more");
  if (more) {
    render(
      html`${rows.length < view.rows.length ? moreOf(view.rows.length) : nothing}${
        filterOf(view.rows.length)
      }`,
      more,
    );
  }
}

/** What the filter is, for paper. */
function filterOf(rows: number): TemplateResult | typeof nothing {
  const { filter, filtered } = currentState();
  if (filtered === null) return nothing;
  return html`<p class="on-paper">${formatCount(rows)} of ${
    countOf(data.cells.length, "cell")
  }, by the filter <code>${filter}</code></p>`;
}

function moreOf(rows: number): TemplateResult {
  return html`<button type="button" class="more" @click=${showAllRows}>Show all ${
    formatCount(rows)
  } cells</button>`;
}

function headingOf(column: TableColumn): TemplateResult {
  const { name, heading, interval } = column;
  const order = tableOrder();
  const sort = name !== order.column ? nothing : order.isDescending ? "descending" : "ascending";
  const note = interval?.low.some((end) => end !== null)
    ? html`
      <small>${interval.heading}</small>
    `
    : nothing;
  return html`<th scope="col" class="${classOf(column)}" aria-sort=${sort}
><button type="button" @click=${() => sortBy(column)}>${heading}</button>${note}</th>`;
}

function rowOf(row: number, shown: readonly TableColumn[], marked: string | null): TemplateResult {
  const { name } = data.cells[row];
  const isMarked = name === marked;
  const mark = () => {
    const isReading = getSelection()?.isCollapsed === false;
    if (!isReading) changeState({ marked: isMarked ? null : name });
  };
  const tags = String(roles?.[row] ?? "");
  return html`<tr ?data-chosen=${isMarked} @click=${mark}>
<th scope="row"><button type="button" aria-pressed="${isMarked}" tabindex="${
    row === reached ? 0 : -1
  }" @focus=${(event: FocusEvent) =>
    reach(row, event)} @keydown=${moveFocus}><bdi>${name}</bdi></button>${
    tags === "" ? nothing : html`
      <small>${tags}</small>
    `
  }</th>${shown.slice(1).map((column) => fieldOf(column, row))}</tr>`;
}

function fieldOf(column: TableColumn, row: number): TemplateResult {
  const text = writers.get(column)?.(row) ?? "";
  if (text === "") return plainField(column, "–");
  const note = column.notes?.[row];
  const small = column.interval ? intervalOf(column, intervalTextOf(column, row)) : note
    ? html`
      <small>${note}</small>
    `
    : nothing;
  const color = colorOf(data.cells[row].name);
  return html`<td class="${classOf(column)}">${text}${small}${
    intervalBar(column, row, color)
  }</td>`;
}

/** A field without an interval, in line with those above and below that have one. */
function plainField(column: TableColumn, text: string): TemplateResult {
  const { interval } = column;
  const room = interval ? intervalOf(column, "") : nothing;
  const bar = interval?.bar ? html`<span class="bar"></span>` : nothing;
  return html`<td class="${classOf(column)}">${text}${room}${bar}</td>`;
}

function intervalOf(column: TableColumn, text: string): TemplateResult {
  return html`
    <small class="interval" data-index="${intervalColumns.indexOf(column)}">${text}</small>
  `;
}

function footOf(shown: readonly TableColumn[]): TemplateResult | typeof nothing {
  if (!table.constantLabel || !shown.some(({ constant }) => constant)) return nothing;
  return html`
    <tfoot>
      <tr><th scope="row">${table.constantLabel} <small>for comparison</small></th>${shown.slice(1)
        .map((column) => plainField(column, column.constant ?? "–"))}</tr>
    </tfoot>
  `;
}

/** One stop for the Tab key, however many cells there are. */
function reach(row: number, { currentTarget }: FocusEvent): void {
  reached = row;
  const button = currentTarget as HTMLElement;
  for (const other of buttonsBeside(button)) other.tabIndex = other === button ? 0 : -1;
}

function moveFocus(event: KeyboardEvent): void {
  const button = event.currentTarget as HTMLElement;
  const buttons = buttonsBeside(button);
  const at = buttons.indexOf(button);
  const places = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
  const to = new Map(Object.entries(places)).get(event.key);
  if (to === undefined) return;
  event.preventDefault();
  buttons[to]?.focus();
}

function buttonsBeside(button: Element): HTMLElement[] {
  const body = button.closest("tbody");
  return [...body?.querySelectorAll<HTMLElement>("th button") ?? []];
}
