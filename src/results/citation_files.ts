import { join } from "node:path";
import { isThere } from "../files/facts.ts";
import { sha256 } from "../sha256.ts";
import { UserError } from "../user_error.ts";
import { looseManifestIn } from "./loose_manifest.ts";
import { readResultFile } from "./read_result_file.ts";
import { OTHER_FILES } from "./result_files.ts";

/** Files that say how to cite a sweep. Others write files of these names, too. */
const CITATION_FILES: readonly string[] = [OTHER_FILES.citation.name, OTHER_FILES.appendix.name];

/** A file that says how to cite a sweep, but not as the sweep wrote it. */
interface OthersFile {
  readonly name: string;
  /** Undefined if it cannot be read. */
  readonly text?: string;
  /** Whether a sweep wrote it first. */
  readonly wasOfSweep: boolean;
}

/**
 * Those of the files in a folder that somebody else has written, or changed since a sweep wrote them:
 * their checksums are not those of the manifest.
 */
async function othersCitationFiles(folder: string): Promise<OthersFile[]> {
  const written = await filesBefore(folder);
  const found = CITATION_FILES.map(async (name): Promise<OthersFile[]> => {
    if (!await isThere(join(folder, name))) return [];
    const text = await textOf(name, folder);
    const isOfSweep = text !== undefined && await sha256(text) === written.get(name);
    return isOfSweep ? [] : [{ name, text, wasOfSweep: written.has(name) }];
  });
  return (await Promise.all(found)).flat();
}

/**
 * Refuses to replace such files: people add a DOI or a licence to them.
 *
 * @param texts What is to be written, by name. A file that has the same text is none to keep. If not
 * given, both files are to be written, and nobody knows what.
 * @returns The names of such files that are not to be written.
 * @throws {UserError} If there are any to replace, all at once.
 */
export async function checkCitationFiles(
  folder: string,
  texts?: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const others = await othersCitationFiles(folder);
  const replaced = others.filter(({ name, text }) =>
    !texts || name in texts && texts[name] !== text
  );
  if (replaced.length === 0) return others.map(({ name }) => name);
  throw new UserError(replaced.map(({ name, wasOfSweep }, index) => ({
    message: `Cannot write ${join(folder, name)}: ${
      wasOfSweep ? "it was changed after the sweep" : "no sweep wrote the file that is there"
    }, and nothing of yours is overwritten`,
    ...index === 0 && { hint: "give your file another name, or remove it" },
  })));
}

/** The files that the manifest in a folder names, with their SHA-256; none if it cannot be read. */
export async function filesBefore(folder: string): Promise<ReadonlyMap<string, unknown>> {
  const { files } = await looseManifestIn(folder) ?? {};
  return new Map(typeof files === "object" && files !== null ? Object.entries(files) : []);
}

async function textOf(name: string, folder: string): Promise<string | undefined> {
  try {
    return await readResultFile(join(folder, name), folder);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
