import { join } from "node:path";
import { manifestText } from "../results/manifest.ts";
import { readManifest } from "../results/read_manifest.ts";
import { readResultFile } from "../results/read_result_file.ts";
import { OTHER_FILES, readTableTexts, rowsIn, TABLE_NAMES } from "../results/result_files.ts";
import { sha256 } from "../sha256.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { renderReport } from "./render_report.ts";

/**
 * Draws the report of a sweep's folder again, from its CSV files and manifest, and gives the
 * report's path.
 *
 * @throws {UserError} If a file is missing, is not what a sweep writes, or cannot be written.
 */
export async function redrawReport(folder: string): Promise<string> {
  const manifestFile = OTHER_FILES.manifest.name;
  const manifest = readManifest(await readResultFile(folder, manifestFile));
  const texts = await readTableTexts(folder, TABLE_NAMES, (file) => file in manifest.files);
  const reportFile = OTHER_FILES.report.name;
  const path = join(folder, reportFile);
  const text = await renderReport({ manifest, ...rowsIn(texts) });
  await writeFileAtomically(path, text);
  // Another version of regsweep may have drawn it before.
  const files = { ...manifest.files, [reportFile]: await sha256(text) };
  if (files[reportFile] !== manifest.files[reportFile]) {
    await writeFileAtomically(join(folder, manifestFile), manifestText({ ...manifest, files }));
  }
  return path;
}
