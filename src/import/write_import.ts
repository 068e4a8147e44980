import { basename, join } from "node:path";
import { FileClaim } from "../files/file_claim.ts";
import { syncFolder } from "../files/file_writer.ts";
import { namesIn } from "../files/folders.ts";
import { asUserError } from "../files/as_user_error.ts";
import { metricColumn } from "../measures/metrics.ts";
import { answerOf } from "../report/answer_of.ts";
import { pageCode } from "../report/page_code.ts";
import type { ReportInput } from "../report/report_input.ts";
import { renderReport } from "../report/render_report.ts";
import type { Answer } from "../results/answer.ts";
import { type ImportedManifest, manifestText } from "../results/manifest.ts";
import { OTHER_FILES, RESULTS_CLAIM, tableTexts } from "../results/result_files.ts";
import { sha256 } from "../sha256.ts";
import { analyze } from "../statistics/analyze.ts";
import { questionOf } from "../statistics/question.ts";
import { makeFolders } from "../sweep/make_folders.ts";
import { NewFiles } from "../sweep/new_files.ts";
import { hasImportedRuns } from "../sweep/replaced_results.ts";
import { UserError } from "../user_error.ts";
import type { ImportedRuns } from "./read_imported_runs.ts";

export interface WriteImportOptions {
  /** The folder of results. */
  readonly folder: string;
  /** The folder of reports, which it is in. */
  readonly reports: string;
  /** Stops what goes on when it aborts, until files get their names. */
  readonly signal: AbortSignal;
}

/**
 * Writes the result files of imported runs, as a sweep writes its own, and returns what they answer.
 * Equal tables give equal bytes: the manifest has no time.
 *
 * @throws {UserError} If the folder has something else than imported runs, or a file cannot be written.
 * @throws The signal's reason, if it aborted.
 */
export async function writeImport(
  imported: ImportedRuns,
  { folder, reports, signal }: WriteImportOptions,
): Promise<Answer> {
  await checkImportFolder(folder);
  const { texts, answer } = await importFiles(imported);
  signal.throwIfAborted();
  await makeFolders({ name: basename(folder) }, { reports });
  using written = await NewFiles.write(folder, texts, signal);
  // Files of two imports at once must not be mixed.
  const claim = await FileClaim.wait(join(folder, RESULTS_CLAIM), signal);
  try {
    await checkImportFolder(folder);
    written.name();
  } finally {
    claim.release();
  }
  await syncFolder(folder);
  return answer;
}

/** The files of imported runs, the manifest last. */
async function importFiles(
  { runs, failures, experiment, imported }: ImportedRuns,
): Promise<{ readonly texts: Readonly<Record<string, string>>; readonly answer: Answer }> {
  const facts = { experiment, imported, trainers: {} };
  const rows = { runs, ...analyze(runs, questionOf(facts)) };
  const texts = tableTexts({ runs, cells: rows.cells, comparisons: rows.comparisons }, {
    swept: experiment.swept.map(({ key }) => key),
    runs: [metricColumn(experiment.metric)],
    curves: [],
    test: [],
  });
  const answer = answerOf({ ...rows, manifest: facts });
  const manifest: ImportedManifest = {
    ...{ format: 1, state: "complete", answer },
    ...facts,
    runs: { total: runs.length, diverged: 0, failed: failures.length },
    failures,
    page: await pageCode(),
    files: await checksumsOf(texts),
  };
  const input: ReportInput = {
    ...{ manifest, runs, cells: rows.cells, comparisons: rows.comparisons },
    ...{ curves: [], histograms: [] },
  };
  const withReport = { ...texts, [OTHER_FILES.report.name]: await renderReport(input) };
  const files = await checksumsOf(withReport);
  const last = { [OTHER_FILES.manifest.name]: manifestText({ ...manifest, files }) };
  return { texts: { ...withReport, ...last }, answer };
}

async function checksumsOf(
  texts: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const checksums: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) checksums[name] = await sha256(text);
  return checksums;
}

/**
 * Refuses a folder that has something else than imported runs: a sweep cost time, and is not replaced.
 *
 * @throws {UserError} If it does, or cannot be read.
 */
export async function checkImportFolder(folder: string): Promise<void> {
  const names = await namesIn(folder).catch((error) => {
    throw asUserError(error, `Cannot read ${folder}`, 1);
  });
  const others = names.filter((name) => name !== RESULTS_CLAIM && !name.endsWith(".tmp"));
  if (others.length === 0 || await hasImportedRuns(folder)) return;
  throw new UserError({
    message: names.includes(OTHER_FILES.manifest.name)
      ? `Cannot import to ${folder}: it has the results of a sweep`
      : `Cannot import to ${folder}: it has other files, such as ${others.sort()[0]}`,
    hint: "choose another name",
  });
}
