import { namesFiltered } from "./cell_filter.ts";
import { type CurveSettings, curvesIn, USUAL_CURVES, wordsOf } from "./curve_settings.ts";
import { data } from "./page_data.ts";

/** What the reader has chosen on the page; the address keeps it. */
export interface PageState {
  /** Name of the cell that is marked everywhere. */
  readonly marked: string | null;
  /** Which cells are shown, in the pattern language of `--only`; empty for all. */
  readonly filter: string;
  /** Names of the cells that the filter selects; null for all. */
  readonly filtered: ReadonlySet<string> | null;
  /** Names of the two cells that are compared with each other. */
  readonly compared: readonly [string, string] | null;
  /** Name of the cell that all others are compared with in the section on any two cells. */
  readonly against: string | null;
  /** What the table's rows are sorted by, falling if after a minus; empty for the usual order. */
  readonly sort: string;
  /** Names of the table's columns that are shown, between commas; empty for the usual ones. */
  readonly columns: string;
  /** How the learning curves are drawn. */
  readonly curves: CurveSettings;
}

/** Called with the state as it is, and as it was. */
export type StateListener = (state: PageState, before: PageState) => void;

let state: PageState = {
  ...{ marked: null, filter: "", filtered: null, compared: null, against: null },
  ...{ sort: "", columns: "" },
  curves: USUAL_CURVES,
};
/** What the browser keeps beside an address that the page has written. */
const SEEN = "seen";
const listeners: StateListener[] = [];

export function currentState(): PageState {
  return state;
}

/** Changes the state, tells all listeners of it and writes it into the address. */
export function changeState(change: Partial<PageState>): void {
  const before = state;
  state = { ...state, ...change };
  if (state.filter !== before.filter) state = { ...state, filtered: namesFiltered(state.filter) };
  const isSame = Object.entries(state).every(([key, value]) => Reflect.get(before, key) === value);
  if (isSame) return;
  for (const listener of listeners) listener(state, before);
  history.replaceState(SEEN, "", addressOf(state));
}

/** Calls a function after each change from now on. */
export function onStateChange(listener: StateListener): void {
  listeners.push(listener);
}

/** Takes the state that the address has, now and whenever a link of the reader's changes it. */
export function listenForAddress(): void {
  changeState(stateInAddress());
  showSection();
  history.replaceState(SEEN, "", location.href);
  addEventListener("hashchange", () => {
    const isSeen = history.state === SEEN;
    const isLink = !isSeen && !location.hash.includes("=");
    if (!isLink) changeState(stateInAddress());
    // On the way back, the browser goes where the reader was.
    if (!isSeen) showSection();
    // A section's link says nothing of the state, which the address has to keep.
    history.replaceState(SEEN, "", addressOf(state));
  });
}

/** Goes to a section that the address has beside the state: a browser finds only one that stands alone. */
function showSection(): void {
  if (location.hash.includes("=")) document.getElementById(sectionInAddress())?.scrollIntoView();
}

/** The section that the address begins with, as in `#cells&cell=…`; empty if none. */
function sectionInAddress(): string {
  const [first] = location.hash.slice(1).split("&");
  return first.includes("=") ? "" : first;
}

/** The state that the address has; what is no cell's name there is left out. */
function stateInAddress(): Omit<PageState, "filtered"> {
  const words = new URLSearchParams(location.hash.slice(1));
  const nameOf = (csvName: string | null) =>
    data.cells.find((cell) => cell.csvName === csvName)?.name ?? null;
  const [first = null, second = null] = words.getAll("compare").map(nameOf);
  return {
    marked: nameOf(words.get("cell")),
    filter: words.get("filter") ?? "",
    sort: words.get("sort") ?? "",
    columns: words.get("columns") ?? "",
    against: nameOf(words.get("against")),
    compared: first !== null && second !== null ? [first, second] : null,
    curves: curvesIn(words, data.curves?.measures.map(({ key }) => key) ?? []),
  };
}

/** Cells have the names of the CSV files there, which stay the same when other cells are added. */
function addressOf(
  { marked, filter, sort, columns, compared, against, curves }: PageState,
): string {
  const csvNameOf = (name: string) => data.cells.find((cell) => cell.name === name)?.csvName ?? "";
  const words = new URLSearchParams([
    ...marked === null ? [] : [["cell", csvNameOf(marked)]],
    ...filter === "" ? [] : [["filter", filter]],
    ...sort === "" ? [] : [["sort", sort]],
    ...columns === "" ? [] : [["columns", columns]],
    ...against === null ? [] : [["against", csvNameOf(against)]],
    ...(compared ?? []).map((name) => ["compare", csvNameOf(name)]),
    ...wordsOf(curves),
  ]).toString();
  // A section's link stays in the address.
  const parts = [sectionInAddress(), words].filter((part) => part !== "");
  if (parts.length > 0) return `#${parts.join("&")}`;
  return location.hash === "" ? "#" : location.pathname + location.search;
}
