import { decompressText } from "../compress_text.ts";
import type { Config, TopLevelSpec } from "vega-lite";

/** What is used of Vega's views. */
export interface View {
  signal(name: string): unknown;
  signal(name: string, value: unknown): View;
  data(name: string): Record<string, unknown>[];
  data(name: string, rows: readonly object[]): View;
  addEventListener(type: string, handler: (event: Event, item?: { datum?: unknown }) => void): View;
  addSignalListener(name: string, handler: (name: string, value: unknown) => void): View;
  hover(): View;
  initialize(element: Element): View;
  tooltip(handler: unknown): View;
  run(): View;
  runAsync(): Promise<View>;
  resize(): View;
  toImageURL(format: string, scale?: number): Promise<string>;
  finalize(): void;
}

/** What is used of the libraries that draw the charts; see chart_libraries.ts. */
interface Libraries {
  readonly View: new (runtime: object, options: object) => View;
  parse(spec: object, config: object, options: object): object;
  compile(spec: TopLevelSpec, options: { config: Config }): { spec: object };
}

declare const chartLibraries: Libraries;

let loaded: Libraries | undefined;

/**
 * The libraries that draw the charts, which are run when they are needed for the first time: until
 * then, they are compressed text in the page.
 */
export function libraries(): Libraries {
  return loaded ??= load();
}

/** True if they have been run. */
export function hasLibraries(): boolean {
  return loaded !== undefined;
}

function load(): Libraries {
  const text = document.getElementById("chart-libraries")?.textContent ?? "";
  const script = document.createElement("script");
  script.textContent = decompressText(text.trim());
  document.head.append(script);
  return chartLibraries;
}
