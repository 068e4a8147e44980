import type { TopLevelSpec } from "vega-lite";
import { useChart, viewOf } from "./charts.ts";
import type { View } from "./libraries.ts";
import { data } from "./page_data.ts";
import { currentState, onStateChange } from "./state.ts";

const ID = "learning-curves";
/** The share of training, from its start, that the axis of the learning curves may leave out. */
const WARM_UP = 0.1;

/** The slot that each cell drawn has, by the cell's place in `data.curves`. */
const slotOf = new Map<number, number>();

/** A point of a curve, as the chart has it. */
interface CurvePoint {
  readonly slot: number;
  readonly name: string;
  readonly step: number;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  readonly train?: number;
}

/** Lets the reader switch cells and training curves on and off, and draws those that are on. */
export function listenForCurves(): void {
  layLegendOut();
  readSwitches();
  useChart(ID, { adapt: withoutLegends, feed: feedCurves });
  for (const input of [...cellSwitches(), ...trainingSwitches()]) {
    input.addEventListener("change", () => {
      readSwitches();
      const view = viewOf(ID);
      if (!view) return;
      feedCurves(view);
      view.runAsync();
    });
  }
  onStateChange(readSwitches);
}

/** Draws the cells that have a slot. */
function feedCurves(view: View): void {
  readSwitches();
  const hasTraining = trainingSwitches().some(({ checked }) => checked);
  const names: string[] = [];
  const rows: CurvePoint[] = [];
  for (const [index, slot] of slotOf) {
    const { name, step, mean, low, high, train } = data.curves[index];
    names[slot] = names[slot] ? `${names[slot]}; ${name}` : name;
    for (const [at, value] of mean.entries()) {
      const band = { low: low?.[at], high: high?.[at] };
      rows.push({ slot, name, step: step[at], mean: value, ...band, train: train?.[at] });
    }
  }
  view
    .signal("training", hasTraining)
    .signal("names", names)
    .signal("slots", [...new Set(slotOf.values())].sort((a, b) => a - b))
    .signal("count", slotOf.size)
    .signal("focus", focusOf(rows, hasTraining))
    .data("curves", rows);
}

function focusOf(rows: readonly CurvePoint[], hasTraining: boolean): [number, number] {
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

/** Gives a cell a slot of its own colour: the first that is free, and the last if none is. */
function switchOn(index: number): void {
  if (slotOf.has(index)) return;
  const taken = new Set(slotOf.values());
  const slots = data.dashes.map((_, dash) => data.curves[index].color + dash * data.colors);
  slotOf.set(index, slots.find((slot) => !taken.has(slot)) ?? slots[slots.length - 1]);
}

/** Saved pictures have a legend; on the page, the switches replace it. */
function withoutLegends(spec: TopLevelSpec): TopLevelSpec {
  return JSON.parse(JSON.stringify(spec), (key, value) => key === "legend" ? null : value);
}

function cellSwitches(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(".legend input")];
}

/** One or none. */
function trainingSwitches(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(".option input")];
}

/** Makes the legend's columns wide enough for every name. */
function layLegendOut(): void {
  const longest = data.curves.reduce((most, { name }) => Math.max(most, name.length), 0);
  const legend = document.querySelector<HTMLElement>(".legend");
  legend?.style.setProperty("--name", `${Math.ceil(0.9 * longest)}ch`);
}

/**
 * Brings the slots and the legend in line with the switches; the marked cell is drawn whether it is
 * switched on or not.
 */
function readSwitches(): void {
  const { marked } = currentState();
  for (const input of cellSwitches()) {
    const index = Number(input.value);
    const isMarked = data.curves[index].name === marked;
    if (input.checked || isMarked) switchOn(index);
    else slotOf.delete(index);
    const label = input.parentElement;
    label?.toggleAttribute("data-chosen", isMarked);
    const sample = label?.querySelector("line");
    if (sample) drawSample(sample, slotOf.get(index));
  }
}

/** Draws the line that a cell has, or a faint one if it is off. */
function drawSample(sample: Element, slot: number | undefined): void {
  const color = slot === undefined ? "--line" : strokeOf(slot % data.colors);
  const dash = slot === undefined ? [] : data.dashes[Math.floor(slot / data.colors)];
  sample.setAttribute("stroke", `var(${color})`);
  sample.setAttribute("stroke-dasharray", dash.join(" "));
}

function strokeOf(color: number): string {
  return color === 0 ? "--neutral" : `--hue-${color}`;
}
