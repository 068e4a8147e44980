import type { PageChart } from "../../page_data.ts";
import { draw, save } from "./draw.ts";
import { hasLibraries, libraries, type View } from "./libraries.ts";
import { data } from "./page_data.ts";
import { changeState, currentState, onStateChange, type PageState } from "./state.ts";

/** Pixels from the window at which a chart is drawn, before the reader gets there. */
const MARGIN = 400;

/** What a chart needs beside its spec. */
export interface ChartUse {
  /** Changes the spec for the page; saved pictures have it as it is. */
  readonly adapt?: (spec: PageChart["spec"]) => PageChart["spec"];
  /** Gives a view the data that it does not have from its spec. */
  readonly feed?: (view: View) => void;
}

/** Charts with such needs, by id. */
const uses = new Map<string, ChartUse>();
/** Charts that are drawn, by id. */
const views = new Map<string, View>();

/** Says what a chart needs, before it is drawn. */
export function useChart(id: string, use: ChartUse): void {
  uses.set(id, use);
}

/** The view of a chart; undefined before it is drawn. */
export function viewOf(id: string): View | undefined {
  return views.get(id);
}

/**
 * Draws each chart when it comes near the window, one at a time, so that the page answers in between; and
 * all of them at once for paper.
 */
export function drawCharts(): void {
  const waiting = new Map<Element, PageChart>();
  const drawWaiting = (place: Element) => {
    const chart = waiting.get(place);
    waiting.delete(place);
    observer.unobserve(place);
    if (chart) drawChart(place, chart);
    if (waiting.size === 0) document.documentElement.dataset.charts = "drawn";
  };
  const near = new Set<Element>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drawNext = () => {
    const [place] = near;
    timer = place && setTimeout(drawNext);
    if (!place) return;
    if (!hasLibraries()) return void libraries();
    near.delete(place);
    drawWaiting(place);
  };
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting) near.add(target);
      else near.delete(target);
    }
    timer ??= setTimeout(drawNext);
  }, { rootMargin: `${MARGIN}px` });
  for (const chart of data.charts) {
    const place = document.getElementById(chart.id);
    if (!place) continue;
    // What comes after it stays where it is when it is drawn.
    place.style.setProperty("--room", `${chart.room}px`);
    waiting.set(place, chart);
    observer.observe(place);
    listenForKeys(place);
    for (const button of place.parentElement?.querySelectorAll("button") ?? []) {
      if (!button.closest(".save")) continue;
      const { feed = () => {} } = uses.get(chart.id) ?? {};
      button.addEventListener("click", () => save(chart, button.value, feed));
    }
  }
  addEventListener("beforeprint", () => [...waiting.keys()].forEach(drawWaiting));
  onStateChange(showState);
}

function drawChart(place: Element, chart: PageChart): void {
  const { adapt, feed } = uses.get(chart.id) ?? {};
  const view = draw(place, adapt ? adapt(chart.spec) : chart.spec, data.pageConfig);
  views.set(chart.id, view);
  view.addEventListener("click", (_, item) => {
    const name = nameAt(chart, view, item?.datum);
    // Nothing else tells of cells that were stopped early.
    if (data.cells.some((cell) => cell.name === name)) {
      changeState({ marked: name === currentState().marked ? null : name });
    }
  });
  feed?.(view);
  showStateIn(chart, view, currentState());
}

function showState(state: PageState): void {
  for (const chart of data.charts) {
    const view = views.get(chart.id);
    if (view) showStateIn(chart, view, state);
  }
}

function showStateIn({ id, spec }: PageChart, view: View, { marked, filtered }: PageState): void {
  const { params = [] } = spec as { params?: readonly { readonly name: string }[] };
  const takes = (name: string) => params.some((param) => param.name === name);
  if (takes("chosen")) view.signal("chosen", marked);
  if (takes("filtered")) view.signal("filtered", filtered && [...filtered]);
  uses.get(id)?.feed?.(view);
  view.runAsync();
}

/** The cell that a mark belongs to, or a label of its row. */
function nameAt({ spec }: PageChart, view: View, datum: unknown): string | undefined {
  interface Datum {
    readonly name?: unknown;
    readonly value?: unknown;
    readonly datum?: Datum;
  }
  const marked = (datum ?? {}) as Datum;
  // Where the nearest point answers the pointer, its area stands for it.
  const { name, value } = marked.datum ?? marked;
  if (typeof name === "string") return name;
  const { datasets = {} } = spec as { datasets?: object };
  if (!("rows" in datasets)) return undefined;
  const row = view.data("rows").find(({ row }) => row === value);
  return row && String(row.name);
}

/** Lets the reader go through the cells, from best to worst, with the arrow keys on a chart. */
function listenForKeys(place: HTMLElement): void {
  place.addEventListener("keydown", (event) => {
    const direction = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (direction === 0) return;
    event.preventDefault();
    const { marked, filtered } = currentState();
    const names = data.cells.map(({ name }) => name).filter((name) => filtered?.has(name) ?? true);
    const at = names.findIndex((name) => name === marked);
    const next = at < 0 ? (direction > 0 ? 0 : names.length - 1) : at + direction;
    if (names[next] !== undefined) changeState({ marked: names[next] });
  });
}
