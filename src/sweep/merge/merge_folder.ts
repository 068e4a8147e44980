import { dirname, join } from "node:path";
import { canonicalJson } from "../../canonical_json.ts";
import { nameProblem } from "../../experiment/schema/name_schema.ts";
import { asUserError } from "../../files/as_user_error.ts";
import { factsOf, lookAt } from "../../files/facts.ts";
import { makeFolder, pathsIn } from "../../files/folders.ts";
import { renameIfFree } from "../../files/name_file.ts";
import { readFile } from "../../files/read_file.ts";
import { ScratchFolder } from "../../files/scratch_folder.ts";
import { SIZE_LIMITS } from "../../files/size_limits.ts";
import { systemReason } from "../../files/system_reason.ts";
import { writeFileAtomically } from "../../files/write_file.ts";
import type { Manifest } from "../../results/manifest.ts";
import { readManifest } from "../../results/read_manifest.ts";
import { readResultFile } from "../../results/read_result_file.ts";
import { OTHER_FILES, RESULT_TABLES } from "../../results/result_files.ts";
import { sha256 } from "../../sha256.ts";
import { UserError } from "../../user_error.ts";
import { checkFolderName } from "../check_folder_name.ts";
import { MODELS_FOLDER } from "../save_models.ts";
import type { MergedFolder } from "./merged_reports.ts";

/** How names of folders begin that are being copied: no index lists them. */
export const COPYING = ".merging-";
const MANIFEST = OTHER_FILES.manifest.name;
const MODEL = new RegExp(`^${MODELS_FOLDER}/[\\w.=,+@-]{1,200}\\.safetensors$`);
/** What processes leave in a folder while they work on it. */
const PASSING = /\.(claim|tmp)$/;

export interface MergeFolderOptions {
  /** The folder that gets it. */
  readonly reports: string;
  /** Its name there. */
  readonly name: string;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/**
 * Copies a report folder if there is none of its name: what sweeps write, with right checksums. It
 * appears whole or not at all. One that is there is never changed.
 *
 * @throws {UserError} If the copy cannot be written; the exit code is 1.
 * @throws The signal's reason if it aborts.
 */
export async function mergeFolder(
  from: string,
  { reports, name, dryRun, signal }: MergeFolderOptions,
): Promise<MergedFolder> {
  const outcome = (outcome: MergedFolder["outcome"], more: Partial<MergedFolder> = {}) => (
    { name, from, outcome, left: [], ...more }
  );
  const target = join(reports, name);
  try {
    // The sample has a name that no sweep can have.
    const problem = name === "sample" ? undefined : nameProblem(name);
    if (problem !== undefined) throw new UserError(problem);
    const manifest = await manifestIn(from);
    if (lookAt(target)) {
      const own = await manifestIn(target);
      if (own.files[RESULT_TABLES.runs.name] === manifest.files[RESULT_TABLES.runs.name]) {
        return outcome("same");
      }
      // No sweep joins imported runs.
      const isImported = own.imported !== undefined || manifest.imported !== undefined;
      if (isImported || identityOf(own) !== identityOf(manifest)) {
        return outcome("other-experiment");
      }
      return outcome("other-runs", { seeds: unionOf(own, manifest) });
    }
    await checkFolderName(reports, name);
    const { files, left } = await filesToCopy(from, manifest);
    if (dryRun) {
      for (const file of files) await contentOf(from, file, manifest);
      return outcome("copied", { left });
    }
    await using scratch = await ScratchFolder.make(reports, COPYING);
    const copy = join(scratch.path, name);
    for (const file of files) {
      signal.throwIfAborted();
      const { bytes, isExecutable } = await contentOf(from, file, manifest);
      await makeFolder(dirname(join(copy, file)));
      await writeFileAtomically(join(copy, file), bytes, isExecutable);
    }
    if (await renameIfFree(copy, target)) return outcome("copied", { left });
    throw new UserError(`another process has made ${target}`);
  } catch (error) {
    if (error instanceof UserError && error.exitCode !== 1) {
      const reason = error.problems.map(({ message }) => message).join("; ");
      return outcome("refused", { reason });
    }
    throw asUserError(error, `Cannot write ${target}`, 1);
  }
}

/** @throws {UserError} If there is no manifest, or a wrong one; the exit code is 2. */
async function manifestIn(folder: string): Promise<Manifest> {
  const path = join(folder, MANIFEST);
  try {
    return readManifest(await readResultFile(path, folder));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [{ message, place }] = error.problems;
    throw new UserError(place === undefined ? message : `${path}: ${message}`);
  }
}

/** What two sweeps have in common if they are of the same experiment, with any seeds. */
function identityOf({ experiment, dataset, trainers }: Manifest): string {
  const { file: _file, seeds: _seeds, looks: _looks, ...described } = experiment;
  const { checksum, testChecksum, target, standardize, split } = dataset ?? {};
  const data = dataset && {
    ...{ checksum, target, standardize },
    ...testChecksum !== undefined && { testChecksum },
    split: { ...split, rows: undefined },
  };
  return canonicalJson(JSON.parse(JSON.stringify({ described, data, trainers })));
}

function unionOf(own: Manifest, other: Manifest): number[] | undefined {
  const seeds = new Set(own.experiment.seeds);
  if (other.experiment.seeds.every((seed) => seeds.has(seed))) return undefined;
  return [...seeds.union(new Set(other.experiment.seeds))].sort((a, b) => a - b);
}

/** The paths in a folder to copy, the manifest last, and the names of what else is there. */
async function filesToCopy(folder: string, { files }: Manifest) {
  const there = await pathsIn(folder);
  const own = [...Object.keys(files), ...there.filter((path) => MODEL.test(path)).sort(), MANIFEST];
  const copied = new Set(own);
  const others = there.filter((path) => !copied.has(path) && !PASSING.test(path));
  const left = [...new Set(others.map((path) => path.split("/")[0]))].sort();
  return { files: own, left };
}

/** @throws {UserError} If it cannot be read, or its checksum is not the manifest's; the exit code is 2. */
async function contentOf(folder: string, file: string, { files }: Manifest) {
  const path = join(folder, file);
  try {
    const bytes = await readFile(path, { maxBytes: SIZE_LIMITS.program, within: folder });
    if (file in files && await sha256(bytes) !== files[file]) {
      throw new UserError(`${path} is not what its manifest says`);
    }
    const { mode } = await factsOf(path);
    return { bytes, isExecutable: file in files && ((mode ?? 0) & 0o111) !== 0 };
  } catch (error) {
    const reason = systemReason(error);
    throw reason === undefined ? error : new UserError(`Cannot read ${path}: ${reason}`);
  }
}
