import { writeIndex } from "../api/report.ts";
import type { Invocation } from "./invocation.ts";
import { showPage } from "./show_page.ts";

/** Writes the page over all sweeps of a reports folder. */
export async function index({ options }: Invocation, signal: AbortSignal): Promise<number> {
  await showPage("index", await writeIndex(options.reports, { signal }), options);
  return 0;
}
