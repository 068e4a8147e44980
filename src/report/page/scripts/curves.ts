import type { TopLevelSpec } from "vega-lite";
import { axisTicks } from "../../charts/axis_ticks.ts";
import {
  type CellCurves,
  curveLine,
  type CurveMeasure,
  type CurvesData,
  stepsOf,
} from "../../charts/curve_series.ts";
import { capitalized } from "../../../wording/capitalized.ts";
import { useChart } from "./charts.ts";
import type { CurveSettings } from "./curve_settings.ts";
import type { View } from "./libraries.ts";
import { data } from "./page_data.ts";
import { changeState, currentState, onStateChange } from "./state.ts";

const ID = "learning-curves";
/** The share of training, from its start, that the axis of the learning curves may leave out. */
const WARM_UP = 0.1;
/** How many of the cells that a filter selects are drawn unasked. */
const MOST_FILTERED = 6;
/** About how many ticks the axis of steps has; those without room have no label. */
const TICKS = 8;

/** A point of a mean, as the chart has it. */
interface CurveRow {
  readonly slot: number;
  readonly name: string;
  readonly x: number;
  readonly step: number;
  readonly mean: number;
  readonly low?: number;
  readonly high?: number;
  readonly train?: number;
}

/** A point of a single run. */
interface RunRow {
  readonly slot: number;
  readonly name: string;
  readonly line: string;
  readonly x: number;
  readonly step: number;
  readonly value: number;
}

/** What is drawn, and how. */
interface Drawing {
  readonly settings: CurveSettings;
  readonly measure: CurveMeasure;
  /** Of the means, and of the thin lines beside them, if there are any. */
  readonly column: string;
  readonly trainColumn?: string;
}

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
  const drawing = drawingOf(curves);
  const { settings: { isLog, isDifference, bands, hasRuns }, measure } = drawing;
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
    .signal("bands", bands)
    .signal("names", names)
    .signal("slots", [...new Set(slotOf.values())].sort((a, b) => a - b))
    .signal("count", slotOf.size)
    .signal("ends", ends)
    .signal("ticks", ticks)
    .signal("focus", focusOf(means, runs, drawing))
    .data("curves", means)
    .data("runs", runs);
  showNote(curves);
}

/** The measure and the columns that the settings ask for. */
function drawingOf({ measures, baseline }: CurvesData): Drawing {
  const settings = { ...currentState().curves };
  const measure = measures.find(({ key }) => key === settings.measure) ?? measures[0];
  const { validation, train } = measure.columns;
  const column = settings.rows === "train" ? train ?? validation : validation ?? train;
  return {
    settings: { ...settings, isDifference: settings.isDifference && baseline !== undefined },
    measure,
    column: column ?? "",
    ...settings.rows === "both" && validation !== undefined && train !== undefined &&
      { trainColumn: train },
  };
}

/** What the vertical axis shows, and of which rows. */
function axisTitle({ settings: { isDifference }, measure, column, trainColumn }: Drawing): string {
  const { noun, nounAndUnit, differenceTitle, columns } = measure;
  // Lines of both parts have the same axis, and some measures are of no rows.
  const isOfPart = trainColumn === undefined && column !== measure.key;
  const part = !isOfPart ? "" : column === columns.train ? "training " : "validation ";
  return isDifference
    ? differenceTitle.replace("Difference", `Difference in ${part}${noun}`)
    : capitalized(part + nounAndUnit);
}

/** Where a step is on the axis; undefined if it has no place there. */
function placeOf(step: number, isLog: boolean): number | undefined {
  if (!isLog) return step;
  return step > 0 ? Math.log10(step) : undefined;
}

function meanRows(
  curves: CurvesData,
  cell: CellCurves,
  slot: number,
  { settings: { isLog, isDifference }, measure, column, trainColumn }: Drawing,
): CurveRow[] {
  const line = curveLine(curves, cell, measure, { column, isDifference });
  const training = trainColumn === undefined
    ? undefined
    : curveLine(curves, cell, measure, { column: trainColumn, isDifference });
  const trainAt = new Map(training?.points.map(({ step, mean }) => [step, mean]));
  return (line?.points ?? []).flatMap((point): CurveRow[] => {
    const x = placeOf(point.step, isLog);
    if (x === undefined) return [];
    return [{ slot, name: cell.name, x, ...point, train: trainAt.get(point.step) }];
  });
}

function runRows(
  curves: CurvesData,
  cell: CellCurves,
  slot: number,
  { settings: { isLog, isDifference }, measure, column }: Drawing,
): RunRow[] {
  const { runs } = curveLine(curves, cell, measure, { column, isDifference }) ?? {};
  return (runs?.values ?? []).flatMap((values, run) => {
    const line = `${cell.name} ${run}`;
    return values.flatMap((value, at): RunRow[] => {
      const step = runs?.steps[at] ?? NaN;
      const x = placeOf(step, isLog);
      if (x === undefined || Number.isNaN(value)) return [];
      return [{ slot, name: cell.name, line, x, step, value }];
    });
  });
}

/** The ends of the axis of steps, whichever cells are switched on, and its ticks. */
function axisOf(
  curves: CurvesData,
  isLog: boolean,
): { readonly ends: [number, number]; readonly ticks: number[] } {
  const steps = curves.cells.flatMap((cell) => stepsOf(curves, cell));
  const last = Math.max(...steps);
  if (!isLog) return { ends: [0, last], ticks: axisTicks({ type: "linear" }, [0, last], TICKS) };
  const first = Math.min(...steps.filter((step) => step > 0));
  return {
    ends: [Math.log10(first), Math.log10(last)],
    ticks: axisTicks({ type: "log" }, [first, last], TICKS).map(Math.log10),
  };
}

/**
 * The ends of the vertical axis: it fits what is drawn after the first steps or, where these have room
 * of their own, all of it.
 */
function focusOf(
  means: readonly CurveRow[],
  runs: readonly RunRow[],
  { settings: { isLog, isDifference, bands }, measure }: Drawing,
): [number, number] {
  const last = means.reduce((most, { step }) => Math.max(most, step), 0);
  const isLate = ({ step }: { readonly step: number }) => isLog || step >= WARM_UP * last;
  let [from, to] = [Infinity, -Infinity];
  const reach = (value: number | undefined) => {
    if (value === undefined || Number.isNaN(value)) return;
    from = Math.min(from, value);
    to = Math.max(to, value);
  };
  for (const { mean, low, high, train } of means.filter(isLate)) {
    for (const value of [mean, train, ...bands === "none" ? [] : [low, high]]) reach(value);
  }
  for (const { value } of runs.filter(isLate)) reach(value);
  if (isDifference) reach(0);
  if (from > to) return [0, 1];
  const margin = (to - from) * 0.05 || Math.abs(to) * 0.05 || 1;
  const [least, most] = isDifference ? measure.differenceBounds : measure.bounds;
  return [Math.max(from - margin, least ?? -Infinity), Math.min(to + margin, most ?? Infinity)];
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
  const { measure } = drawingOf(curves);
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

/** Says which of the cells drawn have no single runs in the page. */
function showNote(curves: CurvesData): void {
  const note = document.querySelector(".curve-note");
  const { hasRuns } = currentState().curves;
  const without = [...slotOf.keys()].filter((index) => !curves.cells[index].runs).length;
  if (!note) return;
  note.textContent = !hasRuns || without === 0
    ? ""
    : `The page has no single runs of ${without} of the cells drawn; curves.csv has all.`;
}

function csvNameOf(name: string): string {
  return data.cells.find((cell) => cell.name === name)?.csvName ?? name;
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
