import { basename, join, resolve } from "node:path";
import { asUserError } from "../../files/as_user_error.ts";
import { lookAt, lookAtTarget } from "../../files/facts.ts";
import { namesInSync } from "../../files/folders.ts";
import { OTHER_FILES } from "../../results/result_files.ts";
import { UserError } from "../../user_error.ts";

/** What somebody else has. */
export interface MergeSource {
  /** As given. */
  readonly path: string;
  /** Absent if there is none. */
  readonly store?: string;
  /** Report folders. */
  readonly folders: readonly { readonly name: string; readonly path: string }[];
}

/**
 * Finds what there is to merge in a folder: one that has report folders, a store or both, a store
 * itself, or a report folder itself.
 *
 * @param reports The folder that gets it.
 * @throws {UserError} If there is nothing, or it is the same folder.
 */
export function findSource(path: string, reports: string): MergeSource {
  const facts = lookAtTarget(path);
  if (!facts) throw new UserError(`Cannot merge ${path}: there is no such folder`);
  if (!facts.isDirectory) throw new UserError(`Cannot merge ${path}: it is not a folder`);
  const own = join(reports, "store");
  if ([reports, own].some((folder) => isSame(path, folder))) {
    throw new UserError(`Cannot merge ${path} with itself`);
  }
  if (lookAt(join(path, OTHER_FILES.manifest.name))) {
    return { path, folders: [{ name: basename(resolve(path)), path }] };
  }
  const names = namesOf(path);
  const isFolder = (name: string) => lookAt(join(path, name))?.isDirectory === true;
  if (names.some((name) => /^([0-9a-f]{2}|packs)$/.test(name) && isFolder(name))) {
    return { path, store: path, folders: [] };
  }
  const store = join(path, "store");
  const folders = names.filter((name) => {
    return isFolder(name) && lookAt(join(path, name, OTHER_FILES.manifest.name));
  }).map((name) => ({ name, path: join(path, name) }));
  // Several people can share a store already.
  const hasStore = lookAtTarget(store)?.isDirectory === true && !isSame(store, own);
  if (!hasStore && folders.length === 0) {
    const message = `Cannot merge ${path}: it has neither a store nor a report`;
    throw new UserError({ message, hint: "name a reports folder, a store or a report's folder" });
  }
  return { path, folders, ...hasStore && { store } };
}

function namesOf(path: string): string[] {
  try {
    return namesInSync(path).sort();
  } catch (error) {
    throw asUserError(error, `Cannot merge ${path}`);
  }
}

function isSame(path: string, other: string): boolean {
  const [a, b] = [lookAtTarget(path), lookAtTarget(other)];
  return a !== undefined && b !== undefined && a.ino !== null && a.ino === b.ino && a.dev === b.dev;
}
