import { runCompressed } from "./run_compressed.ts";

export type { View } from "vega";

type Libraries = typeof import("./chart_libraries.ts");

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
  runCompressed("chart-libraries");
  return chartLibraries;
}
