import type { TopLevelSpec } from "vega-lite";
import { type CellCurves, type CurvesData, MOST_BANDS } from "../../charts/curve_series.ts";
import { paletteColor } from "./cell_colors.ts";
import { useChart } from "./charts.ts";
import {
  axisOf,
  axisTitle,
  type CurveRow,
  drawingOf,
  focusOf,
  meanRows,
  measureOf,
  type RunRow,
  runRows,
} from "./curve_rows.ts";
import type { CurveSettings } from "./curve_settings.ts";
import type { View } from "./libraries.ts";
import { data } from "./page_data.ts";
import { changeState, currentState, onStateChange } from "./state.ts";

const ID = "learning-curves";
/** How many of the cells that a filter selects are drawn unasked. */
const MOST_FILTERED = 6;
/** The slot that each cell drawn has, by the cell's place among the curves. */
const slotOf = new Map<number, number>();

/** Lets the reader choose what curves show, and switch cells on and off. */
export function listenForCurves(): void {
  const { curves } = data;
  if (!curves) return;
  layLegendOut(curves);
  showSettings(curves);
  useChart(ID, { adapt: withoutLegends, feed: (view) => feedCurves(view, curves) });
  for (const control of controls()) {
    control.addEventListener("change", () => changeCurves(read(control)));
  }
  for (const input of cellSwitches()) {
    input.addEventListener("change", () => {
      const on = cellSwitches().filter(({ checked }) => checked);
      changeCurves({ cells: on.map(({ value }) => csvNameOf(curves.cells[Number(value)].name)) });
    });
  }
  onStateChange(() => showSettings(curves));
}

function changeCurves(change: Partial<CurveSettings>): void {
  changeState({ curves: { ...currentState().curves, ...change } });
}

/** The settings that a control stands for. */
function read(control: HTMLInputElement | HTMLSelectElement): Partial<CurveSettings> {
  const { name, value } = control;
  return control instanceof HTMLInputElement ? { [name]: control.checked } : { [name]: value };
}

/** Feeds a view the cells that have a slot, in the way that the settings ask for. */
function feedCurves(view: View, curves: CurvesData): void {
  const { curves: wanted, marked } = currentState();
  const drawing = drawingOf(curves, wanted, { count: slotOf.size, marked });
  const { settings: { isLog, isDifference, hasRuns }, measure } = drawing;
  const names: string[] = [];
  const means: CurveRow[] = [];
  const runs: RunRow[] = [];
  for (const [index, slot] of slotOf) {
    const cell = curves.cells[index];
    names[slot] = names[slot] ? `${names[slot]}; ${cell.name}` : cell.name;
    means.push(...meanRows(curves, cell, slot, drawing));
    if (hasRuns) runs.push(...runRows(curves, cell, slot, drawing));
  }
  const { ends, ticks } = axisOf(curves, isLog);
  view
    .signal("yTitle", axisTitle(drawing))
    .signal("yFormat", measure.format)
    .signal("isLog", isLog)
    .signal("isDifference", isDifference)
    .signal("hasManyBands", wanted.bands === "all" && slotOf.size > MOST_BANDS)
    .signal("names", names)
    .signal("slots", [...new Set(slotOf.values())].sort((a, b) => a - b))
    .signal("ends", ends)
    .signal("ticks", ticks)
    .signal("focus", focusOf(means, runs, drawing))
    .data("curves", means)
    .data("runs", runs);
}

/** Gives a cell a slot of its own colour: the first that is free, and the last if none is. */
function switchOn(index: number, { color }: CellCurves): void {
  if (slotOf.has(index)) return;
  const taken = new Set(slotOf.values());
  const slots = data.dashes.map((_, dash) => color + dash * data.colors);
  slotOf.set(index, slots.find((slot) => !taken.has(slot)) ?? slots[slots.length - 1]);
}

/** Saved pictures have a legend; on the page, the switches replace it. */
function withoutLegends(spec: TopLevelSpec): TopLevelSpec {
  return JSON.parse(JSON.stringify(spec), (key, value) => key === "legend" ? null : value);
}

function controls(): (HTMLInputElement | HTMLSelectElement)[] {
  return [...document.querySelectorAll<HTMLInputElement>(".curve-options :is(input, select)")];
}

function cellSwitches(): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(".legend input")];
}

/** Makes the legend's columns wide enough for every name. */
function layLegendOut({ cells }: CurvesData): void {
  const longest = cells.reduce((most, { name }) => Math.max(most, name.length), 0);
  const legend = document.querySelector<HTMLElement>(".legend");
  legend?.style.setProperty("--name", `${Math.ceil(0.9 * longest)}ch`);
}

/**
 * Brings controls, switches, slots and the legend in line with the state; the marked cell is drawn
 * whether it is switched on or not.
 */
function showSettings(curves: CurvesData): void {
  const { marked, curves: settings } = currentState();
  const drawn = cellsDrawn(curves);
  const measure = measureOf(curves, settings);
  for (const control of controls()) {
    const value = Reflect.get(settings, control.name);
    if (control instanceof HTMLInputElement) control.checked = value === true;
    else control.value = String(value ?? measure.key);
    if (control.name === "rows") control.disabled = Object.keys(measure.columns).length < 2;
  }
  for (const [index, cell] of curves.cells.entries()) {
    if (!drawn.has(cell) && cell.name !== marked) slotOf.delete(index);
  }
  for (const input of cellSwitches()) {
    const index = Number(input.value);
    const cell = curves.cells[index];
    const isMarked = cell.name === marked;
    input.checked = drawn.has(cell);
    if (input.checked || isMarked) switchOn(index, cell);
    const label = input.parentElement;
    label?.toggleAttribute("data-chosen", isMarked);
    const sample = label?.querySelector("line");
    if (sample) drawSample(sample, slotOf.get(index));
  }
  showNote(curves);
}

/**
 * The cells that the reader has switched on; until then, those that the page begins with or, of a
 * filter, the best that it selects, with the baseline.
 */
function cellsDrawn({ cells, baseline }: CurvesData): Set<CellCurves> {
  const { filtered, curves: { cells: chosen } } = currentState();
  if (chosen) return new Set(cells.filter(({ name }) => chosen.includes(csvNameOf(name))));
  if (!filtered) return new Set(cells.filter(({ isShown }) => isShown));
  const byName = new Map(cells.map((cell) => [cell.name, cell]));
  // From best to worst.
  const selected = data.cells.flatMap(({ name }) =>
    filtered.has(name) ? byName.get(name) ?? [] : []
  );
  const others = baseline === undefined ? [] : [cells[baseline]];
  return new Set([...selected.slice(0, MOST_FILTERED), ...others]);
}

/** Says what of the reader's choice the page cannot draw. */
function showNote({ cells }: CurvesData): void {
  const { marked, filtered, curves: { hasRuns, cells: chosen } } = currentState();
  const names = new Set(cells.map(({ name }) => name));
  const without = hasRuns ? [...slotOf.keys()].filter((index) => !cells[index].runs).length : 0;
  const isEmpty = filtered && !chosen && ![...filtered].some((name) => names.has(name));
  const note = document.querySelector(".curve-note");
  if (!note) return;
  note.textContent = [
    ...marked !== null && !names.has(marked) ? [`The page has no curve of ${marked}.`] : [],
    ...isEmpty ? ["The page has no curve of a cell that the filter selects."] : [],
    ...without > 0
      ? [`The page has no single runs of ${without} of the cells drawn; curves.csv has all.`]
      : [],
  ].join(" ");
}

function csvNameOf(name: string): string {
  return data.cells.find((cell) => cell.name === name)?.csvName ?? name;
}

/** Draws the line that a cell has, or a faint one if it is off. */
function drawSample(sample: Element, slot: number | undefined): void {
  const color = slot === undefined ? "var(--line)" : paletteColor(slot % data.colors);
  const dash = slot === undefined ? [] : data.dashes[Math.floor(slot / data.colors)];
  sample.setAttribute("stroke", color);
  sample.setAttribute("stroke-dasharray", dash.join(" "));
}
