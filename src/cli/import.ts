import { join } from "node:path";
import { type ImportedResults, importRuns } from "../api/import_runs.ts";
import { callText } from "../called_as.ts";
import { countOf } from "../format_number.ts";
import { oneLine } from "../one_line.ts";
import { OTHER_FILES } from "../results/result_files.ts";
import { UserError } from "../user_error.ts";
import { fileLine } from "./file_line.ts";
import type { Invocation } from "./invocation.ts";
import { documentText } from "./json/document_text.ts";
import { openInBrowser } from "./open_in_browser.ts";
import type { Options } from "./options.ts";
import { print, printAside, printLines } from "./output.ts";
import type { StyledLine } from "./styled_lines.ts";

/** Makes a folder of results with a report from a table of runs of another tool. */
export async function importTable(
  { operands: [file], options }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  const { better, where, importName: name, reports, json, quiet, open } = options;
  const { metric, baseline } = required(file, options);
  const amount = (text: string | undefined) => text === undefined ? undefined : Number(text);
  const results = await importRuns(file, {
    ...{ cell: options.cellColumn, seed: options.seedColumn, metric, baseline, better, where },
    equivalence: amount(options.equivalence),
    overlap: amount(options.overlap),
    ...{ name, reports, signal },
  });
  const path = join(results.folder, OTHER_FILES.report.name);
  if (json) print(documentText("import", { ...results, path }));
  else if (!quiet) printLines(linesOf(results, path));
  for (const note of results.notes) if (json || quiet) printAside(note);
  if (open) await openInBrowser(path);
  return 0;
}

/** @throws {UserError} If an option is missing that has no default; all of them at once. */
function required(
  file: string,
  { cellColumn, metric, baseline }: Options,
): { readonly metric: string; readonly baseline: string } {
  const missing = [
    ...cellColumn.length === 0 ? ["--cell COLUMN"] : [],
    ...metric === undefined ? ["--metric COLUMN"] : [],
    ...baseline === undefined ? ["--baseline CELL"] : [],
  ];
  if (missing.length > 0 || metric === undefined || baseline === undefined) {
    const hint = `${callText(["inspect", file])} shows the columns`;
    throw new UserError(
      missing.map((option, index) => ({
        message: `Missing option ${option}`,
        ...index === 0 && { hint },
      })),
    );
  }
  return { metric, baseline };
}

/** What was found, where it is, and what to know of it. */
function linesOf(results: ImportedResults, path: string): StyledLine[] {
  const { answer, cells, seeds, runs, better, metric, notes } = results;
  const counts = `Imported ${countOf(runs.total, "run")}: ${countOf(cells, "cell")}, ` +
    `${countOf(seeds, "seed")}; ${better} ${metric} is better`;
  return [
    { text: answer.advice },
    { text: answer.finding },
    fileLine(path),
    { text: answer.limit, isDim: true },
    { text: counts, isDim: true },
    ...notes.map((text) => ({ text, isDim: true })),
    { text: "The runs are another tool's, and cannot be verified", isDim: true },
  ].map((line) => ({ ...line, text: oneLine(line.text) }));
}
