import { redrawReport } from "../report/redraw_report.ts";
import type { Invocation } from "./invocation.ts";
import { showPage } from "./show_page.ts";

/** Draws a sweep's report again from its CSV files and manifest. */
export async function report(
  { operands: [folder], options }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  await showPage(await redrawReport(folder, { signal }), options);
  return 0;
}
