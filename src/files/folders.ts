import { dirname, join } from "node:path";
import { kindOf } from "./_check_facts.ts";
import { realPathWithin } from "./_real_path_within.ts";
import { lookAt, lookAtTarget } from "./facts.ts";
import { FileError } from "./file_error.ts";
import { systemReason } from "./system_reason.ts";

/** The names in a folder, in no particular order; none if the folder does not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Like `namesIn()`, without waiting. */
export function namesInSync(folder: string): string[] {
  try {
    return Array.from(Deno.readDirSync(folder), ({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/**
 * The paths of all that is in a folder and the folders in it, but for folders themselves: relative to
 * it, with slashes, in no particular order; none if the folder does not exist or is a link. Links are
 * not followed.
 */
export async function pathsIn(folder: string): Promise<string[]> {
  if (!lookAt(folder)?.isDirectory) return [];
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) paths.push(name);
    else paths.push(...(await pathsIn(join(folder, name))).map((path) => `${name}/${path}`));
  }
  return paths;
}

/**
 * Removes a file in a folder, and those folders between them that are then empty; does nothing if it
 * is missing, cannot be removed, or links on its way lead out of the folder.
 *
 * @param path Relative to the folder, with slashes.
 */
export async function removeWithin(folder: string, path: string): Promise<void> {
  for (let rest = path; rest !== "."; rest = dirname(rest)) {
    try {
      realPathWithin(dirname(join(folder, rest)), folder);
      await Deno.remove(join(folder, rest));
    } catch (error) {
      if (systemReason(error) === undefined) throw error;
      return;
    }
  }
}

/**
 * Makes a folder and those that it lies in; does nothing if it is there.
 *
 * @param within A folder that it must be in after all symbolic links are followed, if given.
 * @throws {FileError} If a file or a link that leads nowhere has the name of one of them, or if a link
 * leads out of the folder `within`.
 * @throws {Error} If the system refuses.
 */
export async function makeFolder(folder: string, within?: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    // The system says "file exists" or "not a directory", but not which path it means.
    throw obstacleAt(folder) ?? error;
  }
  if (within !== undefined) realPathWithin(folder, within);
}

/** What has the name of a folder, or of one that it would lie in, and is no folder itself. */
function obstacleAt(folder: string): FileError | undefined {
  let path = folder;
  let facts = lookAt(path);
  while (!facts && dirname(path) !== path) {
    path = dirname(path);
    facts = lookAt(path);
  }
  if (!facts) return undefined;
  if (!facts.isSymlink) {
    return facts.isDirectory
      ? undefined
      : new FileError(`${path} is ${kindOf(facts)}, not a folder`);
  }
  const target = lookAtTarget(path);
  if (target?.isDirectory) return undefined;
  const what = target ? `to ${kindOf(target)}, not to a folder` : "that leads nowhere";
  return new FileError(`${path} is a symbolic link ${what}`);
}
