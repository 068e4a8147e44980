import { redrawReport } from "../report/redraw_report.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Draws a sweep's report again from its CSV files and manifest. */
export async function report(
  { operands: [folder], options }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  const path = await redrawReport(folder, { signal });
  if (!options.quiet) print(path);
  return 0;
}
