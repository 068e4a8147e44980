import { html, nothing, render, type TemplateResult } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { countOf, formatCount } from "../../../format_number.ts";
import { columnsOf, isText } from "../../table/cell_table.ts";
import { csvTable } from "../../table/data_table.ts";
import { latexTable } from "../../table/latex_table.ts";
import { markdownTable } from "../../table/markdown_table.ts";
import type { TableView } from "../../table/text_columns.ts";
import { formatValue } from "../../../trainers/format_value.ts";
import { capitalized } from "../../../wording/capitalized.ts";
import { shownValue } from "../../../wording/shown_values.ts";
import { filtered } from "./cell_filter.ts";
import { copyText } from "./copy_text.ts";
import { data, table } from "./page_data.ts";
import { changeState, currentState } from "./state.ts";
import { columns, showColumns, shownColumns, showUsualColumns, tableView } from "./table_state.ts";

const FORMATS = [
  { name: "Markdown", write: (view: TableView) => markdownTable(view) },
  { name: "LaTeX", write: (view: TableView) => latexTable(view) },
  { name: "CSV", write: csvTable },
];

/** Parts of the menu of columns: a heading and the columns of a group. */
const GROUPS = [
  { heading: "Results", groups: ["result"] },
  { heading: "Hyperparameters", groups: ["swept"] },
  { heading: "More", groups: ["detail", "name"] },
];

/** Pixels that a menu is wide at most, and from the window's sides at least; as the style has them. */
const [WIDEST_MENU, MARGIN] = [384, 16];

/** What is typed in the field, which the page's state has only if it is a filter. */
let typed = "";
/** The filter that the page's state had when the field was drawn. */
let known = "";
/** What was copied last. */
let copied = "";
/** A text that could not be copied. */
let uncopied: string | undefined;

/** Draws the field and the menus above the table. */
export function showTools(view: TableView): void {
  const place = document.querySelector<HTMLElement>(".table-tools");
  if (!place) return;
  const { filter } = currentState();
  // Something else has changed it, such as a chart.
  if (filter !== known) typed = known = filter;
  const { problem } = filtered(typed);
  const message = problem
    ? capitalized(problem.reason) + (problem.hint ? ` (${problem.hint})` : "")
    : view.rows.length < data.cells.length
    ? `${formatCount(view.rows.length)} of ${countOf(data.cells.length, "cell")}`
    : "";
  render(
    html`<div class="filter"><label for="cells-filter">Filter</label>
<input id="cells-filter" type="search" spellcheck="false" autocomplete="off" autocapitalize="off"
placeholder="${example()}" aria-describedby="cells-filter-message"
aria-invalid="${problem !== undefined}" .value=${
      live(typed)
    } @input=${readFilter} @keydown=${keepEscape}>
<p id="cells-filter-message" role="status" class="${problem ? "problem" : ""}">${message}</p></div>
<div class="menus">${columnsMenu()}${copyMenu(view)}</div>`,
    place,
  );
}

/** A filter for these cells: on a hyperparameter's middle number, or a value. */
function example(): string {
  const swept = columnsOf(table, "swept");
  const column = swept.find((column) => !isText(column)) ?? swept[0];
  const values = [...new Set(column?.fields)].filter((field) => field !== null);
  const numbers = values.filter((field) => typeof field === "number").sort((a, b) => a - b);
  if (values.length === 0) return "verdict=better";
  return numbers.length === values.length
    ? `${column.name}>=${shownValue(Number(numbers[numbers.length >> 1].toPrecision(2)))}`
    : `${column.name}=${formatValue(values[0])}`;
}

function readFilter(event: Event): void {
  typed = (event.currentTarget as HTMLInputElement).value;
  // While it is no filter, the last one stays.
  if (filtered(typed).rows) {
    known = typed.trim();
    changeState({ filter: known });
  }
  showTools(tableView());
}

/** Escape empties the field, and clears the mark only where it is empty. */
function keepEscape(event: KeyboardEvent): void {
  if (event.key === "Escape" && typed !== "") event.stopPropagation();
}

function columnsMenu(): TemplateResult {
  const shown = shownColumns();
  const parts = GROUPS.map(({ heading, groups }) => {
    const own = columns.slice(1).filter(({ group }) => groups.includes(group));
    if (own.length === 0) return nothing;
    return html`<fieldset><legend>${heading}</legend>${
      own.map(({ name, heading }) =>
        html`<label><input type="checkbox" .checked=${live(shown.has(name))} @change=${() =>
          toggle(name)}> ${heading} <code>${name}</code></label>`
      )
    }</fieldset>`;
  });
  return html`
    <button type="button" popovertarget="cells-columns">Columns</button>
    <div popover id="cells-columns" role="dialog" aria-label="Columns"
      @beforetoggle=${place}>
    ${parts}
    <p><button type="button" @click=${showAll}>Show all</button> <button type="button" @click=${showUsualColumns}>Reset</button></p>
    </div>
  `;
}

function showAll(): void {
  showColumns(new Set(columns.map(({ name }) => name)));
}

function toggle(name: string): void {
  showColumns(shownColumns().symmetricDifference(new Set([name])));
}

function copyMenu(view: TableView): TemplateResult {
  return html`
    <button type="button" popovertarget="cells-copy">Copy table</button>
    <div popover id="cells-copy" role="dialog" aria-label="Copy the table"
      @beforetoggle=${place}>
    ${FORMATS.map(({ name, write }) =>
      html`<button type="button" @click=${() => copy(view, name, write)}>Copy as ${name}</button>`
    )}
    <p role="status">${copied}</p>
    ${uncopied === undefined
      ? nothing
      : html`<textarea readonly rows="8" aria-label="The table as text" .value=${uncopied}></textarea>`}
    </div>
  `;
}

async function copy(
  view: TableView,
  name: string,
  write: (view: TableView) => string,
): Promise<void> {
  const text = write(withRoles(view));
  const isCopied = await copyText(text);
  uncopied = isCopied ? undefined : text;
  copied = isCopied
    ? `Copied ${countOf(view.rows.length, "cell")} as ${name}.`
    : "This browser does not let the page copy: copy this text.";
  showTools(tableView());
  document.querySelector<HTMLTextAreaElement>("#cells-copy textarea")?.select();
}

/** On the page, roles stand beside the names. */
function withRoles({ columns: [name, ...others], rows }: TableView): TableView {
  const roles = columnsOf(table, "role");
  return { columns: [name, ...roles, ...others], rows };
}

/** Places a menu that opens below its button, within the window. */
function place(event: ToggleEvent): void {
  const menu = event.currentTarget as HTMLElement;
  const button = document.querySelector(`[popovertarget="${menu.id}"]`);
  if (event.newState !== "open" || !button) return;
  // What was copied before is old news.
  copied = "";
  uncopied = undefined;
  showTools(tableView());
  const { bottom, right } = button.getBoundingClientRect();
  const { clientWidth } = document.documentElement;
  const widest = Math.min(WIDEST_MENU, clientWidth - 2 * MARGIN);
  menu.style.setProperty("top", `${bottom + scrollY}px`);
  menu.style.setProperty(
    "right",
    `${Math.min(clientWidth - right, clientWidth - MARGIN - widest)}px`,
  );
}
