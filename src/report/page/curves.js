// @ts-check
/// <reference lib="dom" />
import { report } from "./report_data.js";

/** @typedef {import("./charts.js").View} View */

export const CURVES_ID = "learning-curves";
/** The share of training, from its start, that the axis of the learning curves may leave out. */
const WARM_UP = 0.1;

/**
 * The slot that each cell drawn has, by the cell's place in `report.curves`.
 *
 * @type {Map<number, number>}
 */
const slotOf = new Map();

/** Draws the cells that have a slot. @param {View} view */
export async function feedCurves(view) {
  const hasTraining = trainingSwitch()?.checked ?? false;
  const names = [];
  const rows = [];
  for (const [index, slot] of slotOf) {
    const { name, step, mean, low, high, train } = report.curves[index];
    names[slot] = names[slot] ? `${names[slot]}; ${name}` : name;
    for (const [at, value] of mean.entries()) {
      const band = { low: low?.[at], high: high?.[at] };
      rows.push({ slot, name, step: step[at], mean: value, ...band, train: train?.[at] });
    }
  }
  await view
    .signal("training", hasTraining)
    .signal("names", names)
    .signal("slots", [...new Set(slotOf.values())].sort((a, b) => a - b))
    .signal("count", slotOf.size)
    .signal("focus", focusOf(rows, hasTraining))
    .data("curves", rows)
    .runAsync();
}

/**
 * @param {{ step: number, mean: number, low?: number, high?: number, train?: number }[]} rows
 * @param {boolean} hasTraining
 */
function focusOf(rows, hasTraining) {
  const last = rows.reduce((most, { step }) => Math.max(most, step), 0);
  let [from, to] = [Infinity, -Infinity];
  for (const { step, mean, low = mean, high = mean, train = mean } of rows) {
    if (step < WARM_UP * last) continue;
    from = Math.min(from, low, hasTraining ? train : low);
    to = Math.max(to, high, hasTraining ? train : high);
  }
  if (from > to) return [0, 1];
  const margin = (to - from) * 0.05 || Math.abs(to) * 0.05 || 1;
  return [from - margin, to + margin];
}

/**
 * Gives a cell a slot of its own colour: the first that is free, and the last if none is.
 *
 * @param {number} index
 */
function switchOn(index) {
  if (slotOf.has(index)) return;
  const taken = new Set(slotOf.values());
  const slots = report.dashes.map((_, dash) => report.curves[index].color + dash * report.colors);
  slotOf.set(index, slots.find((slot) => !taken.has(slot)) ?? slots[slots.length - 1]);
}

/** Saved pictures have a legend; on the page, the switches replace it. @param {object} spec */
export function withoutLegends(spec) {
  return JSON.parse(JSON.stringify(spec), (key, value) => key === "legend" ? null : value);
}

/** @returns {HTMLInputElement[]} */
export function cellSwitches() {
  const inputs = document.querySelectorAll(".legend input");
  return [...inputs].map((input) => /** @type {HTMLInputElement} */ (input));
}

/** @returns {HTMLInputElement | null} */
export function trainingSwitch() {
  return document.querySelector(".option input");
}

/** Makes the legend's columns wide enough for every name. */
export function layLegendOut() {
  const longest = report.curves.reduce((most, { name }) => Math.max(most, name.length), 0);
  const legend = /** @type {HTMLElement | null} */ (document.querySelector(".legend"));
  legend?.style.setProperty("--name", `${Math.ceil(0.9 * longest)}ch`);
}

/**
 * Brings the slots and the legend in line with the switches.
 *
 * @param {string | null} chosen The cell that is drawn whether it is switched on or not.
 */
export function readSwitches(chosen) {
  for (const input of cellSwitches()) {
    const index = Number(input.value);
    const isChosen = report.curves[index].name === chosen;
    if (input.checked || isChosen) switchOn(index);
    else slotOf.delete(index);
    const slot = slotOf.get(index);
    const label = input.parentElement;
    label?.toggleAttribute("data-chosen", isChosen);
    const sample = label?.querySelector("line");
    if (sample) drawSample(sample, slot);
  }
}

/**
 * Draws the line that a cell has, or a faint one if it is off.
 *
 * @param {Element} sample
 * @param {number | undefined} slot
 */
function drawSample(sample, slot) {
  const color = slot === undefined ? "--line" : strokeOf(slot % report.colors);
  const dash = slot === undefined ? [] : report.dashes[Math.floor(slot / report.colors)];
  sample.setAttribute("stroke", `var(${color})`);
  sample.setAttribute("stroke-dasharray", dash.join(" "));
}

/** @param {number} color */
function strokeOf(color) {
  return color === 0 ? "--neutral" : `--hue-${color}`;
}

/** Lets the reader unfold a long legend, and charts of many cells. */
export function listenForUnfolding() {
  for (const button of document.querySelectorAll("[data-folded] .more")) {
    button.addEventListener("click", () => {
      const folded = button.closest("[data-folded]");
      folded?.removeAttribute("data-folded");
      /** @type {HTMLElement | null | undefined} */
      (folded?.querySelector("label:nth-of-type(13) input, .chart"))?.focus();
      button.remove();
    });
  }
}
