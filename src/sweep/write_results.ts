import { join } from "node:path";
import { FileClaim } from "../files/file_claim.ts";
import { removeIfThere, writeFileAtomically } from "../files/write_file.ts";
import type { ReportInput } from "../report/report_input.ts";
import { type Manifest, manifestText } from "../results/manifest.ts";
import { OTHER_FILES, RESULT_FILES, RESULTS_CLAIM } from "../results/result_files.ts";
import { sha256 } from "../sha256.ts";
import { buildManifest, type FinishedSweep } from "./build_manifest.ts";
import { csvFiles } from "./csv_files.ts";

export interface WriteOptions {
  readonly folder: string;
  /** The experiment as it was run, to be kept beside its results. */
  readonly experimentText: string;
  /** Stops between two files when it aborts. */
  readonly signal: AbortSignal;
}

/**
 * Writes a finished sweep's files and returns their content.
 *
 * The report is made from the CSV files' rows and the manifest alone, so that it can be drawn again.
 * Files that sweeps write and this one does not are removed. The manifest is written last: where it
 * fits, everything is there.
 *
 * @throws {UserError} If a file cannot be written.
 * @throws The signal's reason, if it aborted.
 */
export async function writeResults(
  sweep: FinishedSweep,
  { folder, experimentText, signal }: WriteOptions,
): Promise<ReportInput> {
  const { texts: csvTexts, ...tables } = await csvFiles(sweep.experiment, sweep);
  const texts: Record<string, string> = {
    ...csvTexts,
    [OTHER_FILES.experiment.name]: experimentText,
  };
  const [{ renderReport }, { pageCode }] = await Promise.all([
    import("../report/render_report.ts"),
    import("../report/page_code.ts"),
  ]);
  const [page, checksums] = [await pageCode(), await checksumsOf(texts)];
  const manifest = await buildManifest(sweep, { page, files: checksums });
  const input = { manifest, ...tables };
  texts[OTHER_FILES.report.name] = await renderReport(input);
  const files = await checksumsOf(texts);
  const manifestEntry = [OTHER_FILES.manifest.name, manifestText({ ...manifest, files })] as const;
  // Files of two sweeps at once must not be mixed.
  const claim = await FileClaim.wait(join(folder, RESULTS_CLAIM), signal);
  try {
    for (const { name } of RESULT_FILES) {
      // What an earlier sweep left, and this one does not have.
      if (!(name in texts) && name !== manifestEntry[0]) await removeIfThere(join(folder, name));
    }
    for (const [name, text] of [...Object.entries(texts), manifestEntry]) {
      signal.throwIfAborted();
      await writeFileAtomically(join(folder, name), text);
    }
  } finally {
    claim.release();
  }
  return input;
}

async function checksumsOf(texts: Readonly<Record<string, string>>): Promise<Manifest["files"]> {
  const checksums: Record<string, string> = {};
  for (const [name, text] of Object.entries(texts)) checksums[name] = await sha256(text);
  return checksums;
}
