import { join } from "node:path";
import { OTHER_FILES } from "../results/result_files.ts";
import type { SweepResult } from "../sweep/sweep_experiment.ts";
import { openInBrowser } from "./open_in_browser.ts";
import type { Options } from "./options.ts";
import { consoleSize, print, printAside, printLines, printLinesAside } from "./output.ts";
import { detachedText, stoppedText, sweepSummary, unwrittenText } from "./sweep_summary.ts";

/** Longer lines are hard to read. */
const WIDEST_TEXT = 100;

/**
 * Shows how a sweep of an experiment file ended: on stderr what a user has to do something about.
 *
 * @param about.looks The experiment's; so is its search.
 * @returns The exit code.
 */
export async function showSweepEnd(
  result: SweepResult,
  { file, options, looks, search }: {
    readonly file: string;
    readonly options: Options;
    readonly looks?: readonly number[];
    readonly search?: object;
  },
): Promise<number> {
  // For programs, standard output is theirs.
  const isQuiet = options.quiet || options.json;
  switch (result.state) {
    case "complete":
    case "unfinished": {
      const width = Math.min(consoleSize().columns, WIDEST_TEXT);
      if (!isQuiet) printLines(sweepSummary(result.results, result.folder, width));
      if (options.open) await openInBrowser(join(result.folder, OTHER_FILES.report.name));
      return result.counts.failed > 0 ? 1 : 0;
    }
    case "unwritten":
      printAside(unwrittenText(result));
      return result.counts.failed > 0 ? 1 : 0;
    case "detached":
      if (!isQuiet) print(detachedText(file, { ...options, looks, search }, result.counts));
      return 0;
    case "stopped":
    case "interrupted":
      printLinesAside(stoppedText(result));
      return 1;
  }
}
