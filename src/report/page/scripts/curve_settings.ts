/** How a reader wants the learning curves. */
export interface CurveSettings {
  /** The measure's key; absent for the metric's. */
  readonly measure?: string;
  /** The rows that it is measured on. */
  readonly rows: "validation" | "train" | "both";
  /** True: as differences from the baseline. */
  readonly isDifference: boolean;
  /** True: with a line for each run. */
  readonly hasRuns: boolean;
  /** Which cells have a band; `auto`: all of two, and of more the marked one. */
  readonly bands: "auto" | "all" | "none";
  /** True: over the logarithm of the steps. */
  readonly isLog: boolean;
  /** Names of the cells that are switched on, as CSV files have them; absent for those at first. */
  readonly cells?: readonly string[];
}

/** How the curves are at first. */
export const USUAL_CURVES: CurveSettings = {
  rows: "validation",
  isDifference: false,
  hasRuns: false,
  bands: "auto",
  isLog: false,
};

/** What a page's address says of the curves: nothing of what is as it is at first. */
export function wordsOf(settings: CurveSettings): [name: string, value: string][] {
  const { measure, rows, isDifference, hasRuns, bands, isLog, cells } = settings;
  return [
    ...measure === undefined ? [] : [["measure", measure] as [string, string]],
    ...[
      ["rows", rows, USUAL_CURVES.rows] as const,
      ["curves", isDifference ? "difference" : "", ""] as const,
      ["runs", hasRuns ? "on" : "", ""] as const,
      ["bands", bands, USUAL_CURVES.bands] as const,
      ["steps", isLog ? "log" : "", ""] as const,
    ].flatMap(([name, value, usual]): [string, string][] => value === usual ? [] : [[name, value]]),
    // An empty word, where all are switched off.
    ...(cells?.length === 0 ? [""] : cells ?? []).map((cell): [string, string] => ["curve", cell]),
  ];
}

/**
 * The curves that an address asks for.
 *
 * @param measures Keys of the measures that there are; others are ignored.
 */
export function curvesIn(words: URLSearchParams, measures: readonly string[]): CurveSettings {
  const among = <Value extends string>(name: string, values: readonly Value[], usual: Value) =>
    values.find((value) => value === words.get(name)) ?? usual;
  const measure = measures.find((key) => key === words.get("measure"));
  const cells = words.getAll("curve");
  return {
    ...measure !== undefined && { measure },
    rows: among("rows", ["validation", "train", "both"], USUAL_CURVES.rows),
    isDifference: words.get("curves") === "difference",
    hasRuns: words.get("runs") === "on",
    bands: among("bands", ["auto", "all", "none"], USUAL_CURVES.bands),
    isLog: words.get("steps") === "log",
    ...cells.length > 0 && { cells: cells.filter((cell) => cell !== "") },
  };
}
