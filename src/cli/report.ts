import { redrawReport } from "../report/redraw_report.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Draws a sweep's report again from its CSV files and manifest. */
export async function report({ operands: [folder], options }: Invocation): Promise<number> {
  const path = await redrawReport(folder);
  if (!options.quiet) print(path);
  return 0;
}
