// @ts-check
/// <reference lib="dom" />

/**
 * @typedef {{ id: string, title: string, spec: Record<string, unknown> }} Chart
 *
 * @typedef {object} CellCurve One entry per step in each list, as in learning_curves.ts.
 * @property {string} name
 * @property {number} color
 * @property {number[]} step
 * @property {number[]} mean
 * @property {number[]} [low]
 * @property {number[]} [high]
 *
 * @typedef {object} Report
 * @property {string} name
 * @property {Chart[]} charts
 * @property {CellCurve[]} curves
 * @property {number} colors How many colours there are, the baseline's included.
 * @property {number} slots How many cells can be told apart.
 * @property {object} pageConfig
 * @property {object} pictureConfig
 *
 * @typedef {object} View What is used of Vega's.
 * @property {(name: string, value: unknown) => View} signal
 * @property {(name: string, rows: object[]) => View} data
 * @property {() => Promise<View>} runAsync
 * @property {(format: string, scale?: number) => Promise<string>} toImageURL
 * @property {() => void} finalize
 */

(() => {
  "use strict";

  /** @type {Report} */
  const report = JSON.parse(document.getElementById("report")?.textContent ?? "");
  /** @type {(element: Element, spec: object, options: object) => Promise<{ view: View }>} */
  const vegaEmbed = Reflect.get(globalThis, "vegaEmbed");

  const CURVES_ID = "learning-curves";
  /** The part of training, from its start, that the axis of the learning curves need not show. */
  const WARM_UP = 0.1;

  /**
   * The slot that each cell switched on has, by the cell's place in `report.curves`.
   *
   * @type {Map<number, number>}
   */
  const slotOf = new Map();

  /**
   * @param {Element} element
   * @param {Chart} chart
   * @param {object} config
   */
  async function draw(element, { id, spec }, config) {
    const { view } = await vegaEmbed(element, spec, {
      actions: false,
      // Expressions are interpreted: the page's policy allows no code made from text.
      ast: true,
      config,
      defaultStyle: false,
      mode: "vega-lite",
      tooltip: { disableDefaultStyle: true },
    });
    if (id === CURVES_ID) await feedCurves(view);
    return view;
  }

  /** Draws the cells that are switched on. @param {View} view */
  async function feedCurves(view) {
    const names = [];
    const rows = [];
    for (const [index, slot] of slotOf) {
      const { name, step, mean, low, high } = report.curves[index];
      names[slot] = name;
      for (const [at, value] of mean.entries()) {
        rows.push({ slot, name, step: step[at], mean: value, low: low?.[at], high: high?.[at] });
      }
    }
    await view
      .signal("names", names)
      .signal("slots", [...slotOf.values()].sort((a, b) => a - b))
      .signal("focus", focusOf(rows))
      .data("curves", rows)
      .runAsync();
  }

  /** @param {{ step: number, mean: number, low?: number, high?: number }[]} rows */
  function focusOf(rows) {
    const last = rows.reduce((most, { step }) => Math.max(most, step), 0);
    let [from, to] = [Infinity, -Infinity];
    for (const { step, mean, low = mean, high = mean } of rows) {
      if (step < WARM_UP * last) continue;
      from = Math.min(from, low);
      to = Math.max(to, high);
    }
    if (from > to) return [0, 1];
    const margin = (to - from) * 0.05 || Math.abs(to) * 0.05 || 1;
    return [from - margin, to + margin];
  }

  /** Gives a cell the slot of its own colour, or another that is free. @param {number} index */
  function switchOn(index) {
    if (slotOf.has(index)) return;
    const taken = new Set(slotOf.values());
    const { color } = report.curves[index];
    const slots = [color, ...Array.from({ length: report.slots }, (_, slot) => slot)];
    // The neutral colour is the baseline's alone.
    const isFree = (/** @type {number} */ slot) =>
      !taken.has(slot) && (slot % report.colors !== 0 || color === 0);
    slotOf.set(index, slots.find(isFree) ?? color);
  }

  /** @param {object} spec */
  function withoutLegends(spec) {
    return JSON.parse(JSON.stringify(spec), (key, value) => key === "legend" ? null : value);
  }

  /** @returns {HTMLInputElement[]} */
  function switches() {
    return [...document.querySelectorAll(".legend input")].map((
      input,
    ) => /** @type {HTMLInputElement} */ (input));
  }

  /** Makes the legend's columns wide enough for every name. */
  function layLegendOut() {
    const longest = report.curves.reduce((most, { name }) => Math.max(most, name.length), 0);
    const legend = /** @type {HTMLElement | null} */ (document.querySelector(".legend"));
    legend?.style.setProperty("--name", `${Math.ceil(0.9 * longest)}ch`);
  }

  /** Brings the slots and the legend in line with the switches. */
  function readSwitches() {
    for (const input of switches()) {
      const index = Number(input.value);
      if (input.checked) switchOn(index);
      else slotOf.delete(index);
      const slot = slotOf.get(index);
      const swatch = input.parentElement?.querySelector("span");
      if (swatch) swatch.style.borderTop = slot === undefined ? "" : strokeOf(slot);
    }
  }

  /** @param {number} slot */
  function strokeOf(slot) {
    const color = slot % report.colors;
    const dash = ["solid", "dashed", "dotted"][Math.floor(slot / report.colors)];
    return `3px ${dash} var(${color === 0 ? "--neutral" : `--hue-${color}`})`;
  }

  /**
   * Saves a chart as a picture that stands alone: light, with its title and legend.
   *
   * @param {Chart} chart
   * @param {string} format
   */
  async function save(chart, format) {
    const stage = document.createElement("div");
    stage.className = "stage";
    document.body.append(stage);
    const spec = { ...chart.spec, title: `${report.name}: ${chart.title}` };
    const view = await draw(stage, { ...chart, spec }, report.pictureConfig);
    const link = document.createElement("a");
    link.href = await view.toImageURL(format, 2);
    link.download = `${chart.id}.${format}`;
    link.click();
    view.finalize();
    stage.remove();
  }

  /**
   * Sorts a table by a column; a second time, the other way round. Empty fields stay last.
   *
   * @param {HTMLTableCellElement} heading
   */
  function sortBy(heading) {
    const table = heading.closest("table");
    const body = table?.tBodies[0];
    if (!table || !body) return;
    const column = heading.cellIndex;
    const before = heading.ariaSort;
    // Numbers start with the largest, the first column with the experiment's order.
    const isAscending = before ? before === "descending" : column === 0;
    for (const other of table.tHead?.rows[0].cells ?? []) other.ariaSort = null;
    heading.ariaSort = isAscending ? "ascending" : "descending";
    const keyOf = (/** @type {HTMLTableRowElement} */ row) => row.cells[column].dataset.value;
    const rows = [...body.rows].sort((a, b) => {
      const [left, right] = [keyOf(a), keyOf(b)];
      if (!left || !right) return Number(!left) - Number(!right);
      return (isAscending ? 1 : -1) * (Number(left) - Number(right));
    });
    body.append(...rows);
  }

  async function start() {
    for (const button of document.querySelectorAll("table.cells th button")) {
      const heading = button.closest("th");
      button.addEventListener("click", () => heading && sortBy(heading));
    }
    layLegendOut();
    readSwitches();
    for (const chart of report.charts) {
      const place = document.getElementById(chart.id);
      if (!place) continue;
      // On the page, the switches are the legend of the learning curves.
      const onPage = chart.id === CURVES_ID
        ? { ...chart, spec: withoutLegends(chart.spec) }
        : chart;
      const view = await draw(place, onPage, report.pageConfig);
      for (const button of place.parentElement?.querySelectorAll("button") ?? []) {
        button.addEventListener("click", () => save(chart, button.value));
      }
      if (chart.id !== CURVES_ID) continue;
      for (const input of switches()) {
        input.addEventListener("change", async () => {
          readSwitches();
          await feedCurves(view);
        });
      }
    }
    document.documentElement.dataset.state = "drawn";
  }

  start();
})();
