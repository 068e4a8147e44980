import type { Manifest } from "../results/manifest.ts";
import { OTHER_FILES, RESULT_FILES, RESULTS_CLAIM } from "../results/result_files.ts";
import { LIVE_CLAIM, UNFINISHED_FOLDER } from "../sweep/live/unfinished_folder.ts";
import { MODELS_FOLDER } from "../sweep/save_models.ts";
import type { Check, Finding } from "./check.ts";
import type { FolderFiles } from "./folder_files.ts";
import { textFindings } from "./text_findings.ts";

/** What a sweep writes to its folder beside its result files. */
const BESIDE = new Set([
  ...["slurm", "logs", MODELS_FOLDER, RESULTS_CLAIM, LIVE_CLAIM, UNFINISHED_FOLDER],
]);
/** Files of the system, of editors and of Python, and those that a sweep left when it was killed. */
const PASSED_OVER = /(^|\/)(\.|__pycache__\/)|\.tmp$/;
/** What every sweep writes; the manifest has no checksum of itself. */
const ALWAYS = RESULT_FILES.filter(({ when }) => when === undefined)
  .filter(({ name }) => name !== OTHER_FILES.manifest.name);

/** A folder of a sweep, or of imported runs. */
export interface CheckedFolder extends FolderFiles {
  readonly manifest: Manifest;
}

/** The files that a sweep would write now. */
export interface RightFiles {
  /** Of all its CSV files, by name. */
  readonly texts: Readonly<Record<string, string>>;
  /** The names of the copies of its own trainers' files. */
  readonly copies?: readonly string[];
}

/**
 * Compares a sweep's CSV files with the computed texts, and every file that it wrote with the
 * checksums in its manifest. Other files in the folder fail, too.
 *
 * @param right Absent if they could not be computed.
 */
export async function checkFiles(folder: CheckedFolder, right?: RightFiles): Promise<Check[]> {
  const { files, imported } = folder.manifest;
  const { texts, copies = [] } = right ?? {};
  const always = ALWAYS.filter(({ isOfSweeps }) => !(imported && isOfSweeps));
  const own = new Set([
    ...Object.keys(texts ?? {}),
    ...always.map(({ name }) => name),
    ...copies,
  ]);
  const names = new Set([...Object.keys(texts ?? {}), ...Object.keys(files), ...own]);
  const checks = await Promise.all(Array.from(names, async (name) => {
    const isOwn = !right || own.has(name);
    return isOwn
      ? await checkFile(folder, name, texts?.[name])
      : { subject: name, findings: [STRAY] };
  }));
  const strays = (await folder.names()).filter((name) => {
    const isKnown = names.has(name) || name === OTHER_FILES.manifest.name || BESIDE.has(name);
    return !isKnown && !PASSED_OVER.test(name);
  });
  return [...checks, ...strays.map((subject) => ({ subject, findings: [STRAY] }))];
}

const STRAY: Finding = { what: "It is not one of this sweep's files" };

/** Compares a file with the checksum in the manifest and, if there is one, with a computed text. */
export async function checkFile(
  folder: CheckedFolder,
  name: string,
  computed?: string,
): Promise<Check> {
  return { subject: name, findings: await fileFindings(folder, name, computed) };
}

async function fileFindings(
  { file, manifest }: CheckedFolder,
  name: string,
  computed: string | undefined,
): Promise<Finding[]> {
  const found = await file(name);
  if (!found) return [{ what: "It is missing" }];
  const findings = computed === undefined ? [] : textFindings(found.text, computed);
  const expected = manifest.files[name];
  if (expected === found.checksum) return findings;
  const what = expected === undefined
    ? "manifest.json does not have its SHA-256"
    : "Its SHA-256 is not that in manifest.json: it was changed since";
  return [...findings, { what, expected, actual: found.checksum }];
}
