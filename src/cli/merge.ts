import { formatCount } from "../format_number.ts";
import { mergeReports } from "../mod.ts";
import { stopwatch } from "../stopwatch.ts";
import type { Invocation } from "./invocation.ts";
import { documentText } from "./json/document_text.ts";
import { mergeText } from "./merge_text.ts";
import { print, printAside } from "./output.ts";

/** How often what is long says how far it is. */
const PROGRESS_SECONDS = 5;

/** Brings the stores and report folders of others into a reports folder. */
export async function merge(
  { operands, options }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  const { reports, dryRun, modelSpace, quiet, json } = options;
  const rename = Object.fromEntries(options.rename.map((text) => text.split("=")));
  let sinceShown = stopwatch();
  const merged = await mergeReports(operands, {
    ...{ reports, rename, dryRun, modelSpace, signal },
    onMessage: printAside,
    onProgress: (records) => {
      if (quiet || sinceShown() < PROGRESS_SECONDS) return;
      sinceShown = stopwatch();
      printAside(`${formatCount(records)} records read`);
    },
  });
  if (json) print(documentText("merge", merged));
  else if (!quiet || !merged.isWhole) print(mergeText(merged));
  return merged.isWhole ? 0 : 1;
}
