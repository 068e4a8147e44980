import { collectionFiles } from "../report/collection/collection_files.ts";
import {
  COLLECTION_FILES,
  type CollectionManifest,
  readCollectionManifest,
} from "../results/collection_manifest.ts";
import { RESULTS_CLAIM } from "../results/result_files.ts";
import { UserError } from "../user_error.ts";
import type { Check, Finding } from "./check.ts";
import { type FolderFiles, folderFiles } from "./folder_files.ts";
import { textFindings } from "./text_findings.ts";

/** Files of the system and of editors, and those that a sweep left when it was killed. */
const PASSED_OVER = /^\.|\.tmp$/;

/**
 * Makes the files over several datasets again from the results of each, and compares them with the
 * folder. The datasets' own folders are verified by themselves.
 *
 * @throws {UserError} If the folder is not that of several datasets.
 */
export async function checkCollection(folder: string): Promise<Check[]> {
  const manifest = await readCollectionManifest(folder);
  if (!manifest) throw new UserError(`Cannot verify ${folder}: it is not of several datasets`);
  const files = folderFiles(folder);
  const strays = (await files.names()).filter((name) => !isKnown(name, manifest));
  const strayChecks = strays.map((subject): Check => ({
    subject,
    findings: [{ what: "It is not one of this sweep's files" }],
  }));
  try {
    const right = await collectionFiles(folder, manifest.collection);
    return [...await checkAll(files, manifest, right), ...strayChecks];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Without the results of a dataset, nothing can be said of the files over all of them.
    const findings = error.problems.map(({ message }): Finding => ({ what: message }));
    return [{ subject: COLLECTION_FILES.manifest, findings }, ...strayChecks];
  }
}

async function checkAll(
  { file }: FolderFiles,
  manifest: CollectionManifest,
  right: Awaited<ReturnType<typeof collectionFiles>>,
): Promise<Check[]> {
  // Other code can draw another page, and put the answer into other words.
  const isOtherPage = manifest.page.checksum !== right.manifest.page.checksum;
  const checks: Check[] = [];
  for (const [subject, text] of Object.entries(right.texts)) {
    const found = await file(subject);
    if (subject === COLLECTION_FILES.report && isOtherPage && found) {
      const findings = checksumFindings(manifest.files[subject], found.checksum);
      const unchecked = `drawn by regsweep ${manifest.page.regsweep}, page code ` +
        manifest.page.checksum.slice(0, 8);
      checks.push({ subject, findings, unchecked });
      continue;
    }
    const findings = found
      ? [
        ...textFindings(found.text, text),
        ...checksumFindings(manifest.files[subject], found.checksum),
      ]
      : [{ what: "It is missing" }];
    checks.push({ subject, findings });
  }
  return [...checks, {
    subject: COLLECTION_FILES.manifest,
    findings: manifestFindings(manifest, right.manifest, isOtherPage),
  }];
}

function checksumFindings(expected: string | undefined, actual: string): Finding[] {
  if (expected === actual) return [];
  const what = expected === undefined
    ? "manifest.json does not have its SHA-256"
    : "Its SHA-256 is not that in manifest.json: it was changed since";
  return [{ what, expected, actual }];
}

function manifestFindings(
  manifest: CollectionManifest,
  right: CollectionManifest,
  isOtherPage: boolean,
): Finding[] {
  const findings: Finding[] = [];
  const compare = (what: string, expected: string | undefined, actual: string | undefined) => {
    if (expected !== actual) findings.push({ what, expected, actual });
  };
  compare("state", manifest.state, right.state);
  if (!isOtherPage) {
    for (const part of ["advice", "finding", "limit"] as const) {
      compare(`answer.${part}`, manifest.answer[part], right.answer[part]);
    }
  }
  const names = new Set([...Object.keys(manifest.files), ...Object.keys(right.files)]);
  if (isOtherPage) names.delete(COLLECTION_FILES.report);
  for (const name of names) compare(`SHA-256 of ${name}`, manifest.files[name], right.files[name]);
  return findings;
}

function isKnown(name: string, { collection: { datasets } }: CollectionManifest): boolean {
  const own: readonly string[] = Object.values(COLLECTION_FILES);
  return own.includes(name) || datasets.includes(name) || name === RESULTS_CLAIM ||
    PASSED_OVER.test(name);
}
