// @ts-check
/// <reference lib="dom" />
import { CURVES_ID, feedCurves, readSwitches } from "./curves.js";
import { report } from "./report_data.js";

/**
 * @typedef {import("./charts.js").View} View
 * @typedef {{ id: string, view: View }} DrawnChart
 */

/** The cell that is marked everywhere. @type {string | null} */
let chosen = null;
/** @type {DrawnChart[]} */
const drawnCharts = [];

export function chosenCell() {
  return chosen;
}

/** Lets the reader choose cells in a chart. @param {Element} place @param {DrawnChart} chart */
export function addChart(place, chart) {
  drawnCharts.push(chart);
  chart.view.addEventListener("click", (_, item) => {
    const name = nameAt(chart, item?.datum);
    if (name !== undefined) choose(name === chosen ? null : name);
  });
  place.addEventListener("keydown", (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    const direction = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    const buttons = cellButtons();
    const at = buttons.findIndex(isChosen);
    const next = at < 0 ? (direction > 0 ? 0 : buttons.length - 1) : at + direction;
    if (buttons[next]) choose(nameOn(buttons[next]));
  });
}

/**
 * The cell that a mark belongs to, or a label of its row.
 *
 * @param {DrawnChart} chart
 * @param {any} datum
 * @returns {string | undefined}
 */
function nameAt({ id, view }, datum) {
  // Where the nearest point answers the pointer, its area stands for it.
  const { name, value } = datum?.datum ?? datum ?? {};
  if (typeof name === "string") return name;
  const { datasets } = /** @type {{ datasets?: object }} */ (specOf(id));
  return datasets && "rows" in datasets
    ? view.data("rows").find(({ row }) => row === value)?.name
    : undefined;
}

/** @param {string} id */
function specOf(id) {
  return report.charts.find((chart) => chart.id === id)?.spec ?? {};
}

/** Marks a cell in every chart and in the table, or none. @param {string | null} name */
export async function choose(name) {
  if (name === chosen) return;
  chosen = name;
  markTable();
  readSwitches(name);
  await Promise.all(drawnCharts.map(({ id, view }) => {
    const { params = [] } = /** @type {{ params?: { name: string }[] }} */ (specOf(id));
    if (!params.some((param) => param.name === "chosen")) return;
    view.signal("chosen", name);
    return id === CURVES_ID ? feedCurves(view) : view.runAsync();
  }));
}

function markTable() {
  const row = cellButtons().map((button) => {
    const isPressed = isChosen(button);
    button.ariaPressed = String(isPressed);
    const row = button.closest("tr");
    row?.toggleAttribute("data-chosen", isPressed);
    return isPressed ? row : null;
  }).find((row) => row);
  const words = [chosen, row?.dataset.summary].filter((word) => word);
  const bar = document.querySelector(".choice");
  const status = bar?.querySelector("p");
  if (!bar || !status) return;
  bar.toggleAttribute("data-empty", chosen === null);
  status.replaceChildren(...words.map((word) => {
    const part = document.createElement("bdi");
    part.textContent = word ?? "";
    return part;
  }));
}

/** In the table's order. @returns {HTMLButtonElement[]} */
function cellButtons() {
  const buttons = document.querySelectorAll("table.cells tbody th button");
  return [...buttons].map((button) => /** @type {HTMLButtonElement} */ (button));
}

/** @param {Element} button */
function nameOn(button) {
  return button.textContent ?? "";
}

/** @param {Element} button */
function isChosen(button) {
  return nameOn(button) === chosen;
}

/** Lets the reader choose cells in the table and clear the choice. */
export function listenForChoices() {
  const buttons = cellButtons();
  for (const button of buttons) {
    button.closest("tr")?.addEventListener("click", () => {
      const isReading = getSelection()?.isCollapsed === false;
      if (!isReading) choose(isChosen(button) ? null : nameOn(button));
    });
    button.addEventListener("keydown", (event) => moveFocus(event, button));
    // One stop for the Tab key, however many cells there are.
    button.tabIndex = button === buttons[0] ? 0 : -1;
    button.addEventListener("focus", () => {
      for (const other of cellButtons()) other.tabIndex = other === button ? 0 : -1;
    });
  }
  document.querySelector(".choice button")?.addEventListener("click", () => choose(null));
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") choose(null);
  });
}

/** @param {KeyboardEvent} event @param {HTMLButtonElement} from */
function moveFocus(event, from) {
  const buttons = cellButtons();
  const at = buttons.indexOf(from);
  const to = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: buttons.length - 1,
  }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  buttons[to]?.focus();
}
