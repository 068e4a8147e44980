import { writeIndex } from "../report/index/write_index.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./output.ts";

/** Writes the page over all sweeps of a reports folder. */
export async function index({ options }: Invocation, signal: AbortSignal): Promise<number> {
  const path = await writeIndex(options.reports, { signal });
  if (!options.quiet) print(path);
  return 0;
}
