import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { asUserError } from "../files/as_user_error.ts";
import { lookAtTarget } from "../files/facts.ts";
import { makeFolder, namesInSync } from "../files/folders.ts";
import { readFile, readFileSync } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { writeNewBytes } from "../files/write_new_file.ts";
import { nearest } from "../nearest.ts";
import { relativePath } from "../relative_path.ts";
import { UserError } from "../user_error.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const FOLDER = "experiments";
/** What an example may consist of; nothing else of the project is copied. */
const FOLDERS = [FOLDER, "data"];
const EXTENSION = ".yaml";
/** Files that name others. */
const NAMES_OTHERS = /\.(yaml|ts|py|sh)$/;
const PATH = /[\w./-]+\.\w+/g;

/** An experiment that regsweep comes with. */
export interface Example {
  /** That of its file, without its extension. */
  readonly name: string;
  /** Its question. Empty if it has none. */
  readonly description: string;
}

/** An example that was copied. */
export interface CopiedExample {
  /** Its files, relative to the folder, with slashes; the experiment first. */
  readonly files: readonly string[];
  /** Those of them that were there already, with the same content. */
  readonly present: readonly string[];
}

/** The names of the experiments that regsweep comes with, in order. */
export function exampleNames(): string[] {
  return namesInSync(join(PROJECT, FOLDER)).filter((name) => name.endsWith(EXTENSION))
    .map((name) => name.slice(0, -EXTENSION.length)).sort();
}

/** The experiments that regsweep comes with. */
export function listExamples(): Example[] {
  return exampleNames().map((name) => {
    const [, description = ""] = textOf(pathOf(name)).match(/^description: (.+)$/m) ?? [];
    return { name, description };
  });
}

/**
 * Copies an experiment that regsweep comes with and all that it needs to another folder, in folders
 * of the same names.
 *
 * @throws {UserError} If there is no such experiment, or a file is there with another content: then
 * nothing is copied.
 */
export async function copyExample(name: string, folder = "."): Promise<CopiedExample> {
  const names = exampleNames();
  if (!names.includes(name)) {
    const near = nearest(name, names);
    const hint = near ? `did you mean "${near}"?` : `there are ${names.join(", ")}`;
    throw new UserError({ message: `Unknown example "${name}"`, hint });
  }
  const files = filesOf(pathOf(name));
  const present: string[] = [];
  for (const file of files) {
    const path = join(folder, file);
    if (!lookAtTarget(path)) continue;
    if (!isSame(await bytesOf(path), await bytesOf(join(PROJECT, file)))) {
      throw new UserError(
        `Cannot write ${path}: there is another file of that name, and nothing is overwritten`,
      );
    }
    present.push(file);
  }
  for (const file of files.filter((file) => !present.includes(file))) {
    const path = join(folder, file);
    try {
      await makeFolder(dirname(path));
    } catch (error) {
      throw asUserError(error, `Cannot write ${path}`, 1);
    }
    await writeNewBytes(path, await bytesOf(join(PROJECT, file)));
  }
  return { files, present };
}

function pathOf(name: string): string {
  return `${FOLDER}/${name}${EXTENSION}`;
}

/** A file and those that it names, directly or through others. */
function filesOf(path: string): string[] {
  const found = new Set([path]);
  for (const file of found) {
    if (!NAMES_OTHERS.test(file)) continue;
    for (const [named] of textOf(file).matchAll(PATH)) {
      // A program is started in the experiment's folder.
      for (const start of [dirname(file), FOLDER]) {
        const other = relativePath(PROJECT, join(PROJECT, start, named));
        const isOwn = FOLDERS.includes(other.split("/")[0]);
        if (isOwn && lookAtTarget(join(PROJECT, other))?.isFile) found.add(other);
      }
    }
  }
  return [...found];
}

function textOf(file: string): string {
  const bytes = readFileSync(join(PROJECT, file), { maxBytes: SIZE_LIMITS.own });
  return new TextDecoder().decode(bytes);
}

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readFile(path, { maxBytes: SIZE_LIMITS.own });
  } catch (error) {
    throw asUserError(error, `Cannot read ${path}`, 1);
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
