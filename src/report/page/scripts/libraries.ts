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

/** What is used of the libraries that draw the charts. */
interface Libraries {
  readonly vega: {
    readonly View: new (runtime: object, options: object) => View;
    parse(spec: object, config: object, options: object): object;
  };
  readonly vegaLite: { compile(spec: TopLevelSpec, options: { config: Config }): { spec: object } };
}

declare const vega: Libraries["vega"];
declare const vegaLite: Libraries["vegaLite"];

let loaded: Libraries | undefined;

/**
 * The libraries that draw the charts, which are run when they are needed for the first time: until
 * then, they are mere text in the page.
 */
export function libraries(): Libraries {
  return loaded ??= load();
}

function load(): Libraries {
  for (const text of document.querySelectorAll("script[type='text/plain']")) {
    const script = document.createElement("script");
    script.textContent = text.textContent;
    document.head.append(script);
  }
  return { vega, vegaLite };
}
