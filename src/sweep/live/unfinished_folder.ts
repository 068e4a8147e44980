import { join } from "node:path";
import { pathsIn, removeWithin } from "../../files/folders.ts";
import { makeResultFolder } from "../../files/make_result_folder.ts";
import { writeFileAtomically } from "../../files/write_file.ts";
import { isCopyName } from "../../results/own_copies.ts";
import { OTHER_FILES, RESULT_FILES, RESULTS_CLAIM } from "../../results/result_files.ts";
import { hasCompleteResults } from "../replaced_results.ts";

/** In a sweep's folder: what an unfinished sweep has, as long as complete results are beside it. */
export const UNFINISHED_FOLDER = "unfinished";
/** The claim of the process that writes what there is of a running sweep, in the sweep's folder. */
export const LIVE_CLAIM = "live.claim";

const OWN_FILES = new Set([...RESULT_FILES.map(({ name }) => name), RESULTS_CLAIM]);

/** The folder for a sweep's unfinished results: its own, unless that has complete ones, which stay. */
export async function unfinishedFolder(folder: string): Promise<string> {
  return await hasCompleteResults(folder) ? join(folder, UNFINISHED_FOLDER) : folder;
}

/** Removes unfinished results that lie beside complete ones. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const path of await pathsIn(join(folder, UNFINISHED_FOLDER))) {
    const isOwn = OWN_FILES.has(path) || isCopyName(path) || path.endsWith(".tmp");
    if (isOwn) await removeWithin(folder, `${UNFINISHED_FOLDER}/${path}`);
  }
}

/**
 * Puts a page in the place of a removed report that leads to the complete one: for readers who have
 * it open, and will reload it.
 *
 * @throws {UserError} If it cannot be written; the exit code is 1.
 */
export async function leaveLink(folder: string): Promise<void> {
  const { name } = OTHER_FILES.report;
  const path = join(folder, UNFINISHED_FOLDER, name);
  await makeResultFolder(join(folder, UNFINISHED_FOLDER), folder);
  await writeFileAtomically(path, linkPage(`../${name}`));
}

function linkPage(target: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta http-equiv="refresh" content="0; url=${target}">
<meta name="color-scheme" content="light dark">
<title>The sweep is complete</title>
</head>
<body>
<p>The sweep is complete: <a href="${target}">its report</a>.</p>
</body>
</html>
`;
}
