import { join } from "node:path";
import type { CollectionResult } from "../api/collection.ts";
import { oneLine } from "../one_line.ts";
import { COLLECTION_FILES } from "../results/collection_manifest.ts";
import { fileLine } from "./file_line.ts";
import { openInBrowser } from "./open_in_browser.ts";
import type { Options } from "./options.ts";
import { consoleSize, printLines } from "./output.ts";
import { wrap } from "./wrap.ts";

/** Longer lines are hard to read. */
const WIDEST_TEXT = 100;

/** Shows what several datasets answer together, if any of them is complete. */
export async function showCollectionEnd(
  { answer, folder, datasets }: CollectionResult,
  { quiet, json, open }: Pick<Options, "quiet" | "json" | "open">,
): Promise<void> {
  if (!answer) return;
  const report = join(folder, COLLECTION_FILES.report);
  if (!quiet && !json) {
    const width = Math.min(consoleSize().columns, WIDEST_TEXT);
    const lines = (text: string, isDim = false) =>
      wrap(oneLine(text), width).map((text) => ({ text, isDim }));
    printLines([
      { text: `all datasets (${datasets.length})`, marked: { text: "all datasets" } },
      ...lines(answer.advice),
      ...lines(answer.finding),
      fileLine(report),
      ...lines(answer.limit, true),
    ]);
  }
  if (open) await openInBrowser(report);
}
