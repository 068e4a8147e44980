import { join } from "node:path";
import { FileClaim } from "../files/file_claim.ts";
import { writeFileAtomically } from "../files/write_file.ts";
import { checkCitationFiles } from "../results/citation_files.ts";
import { manifestText } from "../results/manifest.ts";
import { parseManifestJson } from "../results/read_manifest.ts";
import { readResultFile } from "../results/read_result_file.ts";
import { readResults } from "../results/read_results.ts";
import { OTHER_FILES, RESULTS_CLAIM } from "../results/result_files.ts";
import { sha256 } from "../sha256.ts";
import { answerOf } from "./answer_of.ts";
import { citationTexts } from "./citation/citation_texts.ts";
import { pageCode } from "./page_code.ts";
import { renderReport } from "./render_report.ts";

/**
 * Draws the report of a sweep's folder again, from its CSV files and manifest, and gives the
 * report's path. It waits while a sweep or another process writes result files there.
 *
 * @throws {UserError} If a file is missing, is not what a sweep writes, or cannot be written. The
 * exit code is 1 if a CSV file is not the one that the manifest has the checksum of. If a file that says
 * how to cite the sweep was changed.
 * @throws The signal's reason, if it aborts first.
 */
export async function redrawReport(
  folder: string,
  { signal }: { readonly signal: AbortSignal },
): Promise<string> {
  // Before it makes a claim there: it can be no sweep's folder.
  await readResultFile(join(folder, OTHER_FILES.manifest.name), folder);
  const claim = await FileClaim.wait(join(folder, RESULTS_CLAIM), signal);
  try {
    return await redraw(folder);
  } finally {
    claim.release();
  }
}

async function redraw(folder: string): Promise<string> {
  const [path, manifestPath] = [OTHER_FILES.report, OTHER_FILES.manifest]
    .map(({ name }) => join(folder, name));
  const results = await readResults(folder, { doing: `draw ${path}` });
  const { manifestText: oldText, manifest, rows } = results;
  const files: Record<string, string> = { ...manifest.files };
  const write = async (name: string, text: string) => {
    await writeFileAtomically(join(folder, name), text);
    files[name] = await sha256(text);
  };
  const cited = citationTexts({ manifest, ...rows });
  await checkCitationFiles(folder, cited);
  for (const [name, text] of Object.entries(cited)) await write(name, text);
  const input = { manifest: { ...manifest, files }, ...rows };
  const answer = answerOf(input);
  await write(OTHER_FILES.report.name, await renderReport(input));
  const page = await pageCode();
  const isCurrent = page.checksum === manifest.page?.checksum && manifest.answer !== undefined &&
    Object.entries(files).every(([name, checksum]) => manifest.files[name] === checksum);
  // What a later version added to the manifest stays in it.
  const changed = { ...parseManifestJson(oldText), answer, page, files };
  if (!isCurrent) await writeFileAtomically(manifestPath, manifestText(changed));
  return path;
}
