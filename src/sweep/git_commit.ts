import { isAbsolute, join } from "node:path";
import { readText } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";

/**
 * The commit that the Git repository in a folder is at, read from its files; null if it is
 * unknown.
 *
 * `resolveRef()` of isomorphic-git finds neither the branch of a worktree nor SHA-256 commits.
 */
export async function gitCommit(folder: string): Promise<string | null> {
  const repository = await repositoryIn(folder);
  const head = await read(join(repository, "HEAD"));
  const branch = head?.match(/^ref: (.+)$/)?.[1];
  if (!branch) return commitIn(head);
  const branches = await commonFolder(repository);
  const packed = await read(join(branches, "packed-refs"));
  return commitIn(await read(join(branches, branch))) ??
    commitIn(packed?.split("\n").find((line) => line.endsWith(` ${branch}`))?.split(" ")[0]);
}

/** The folder with branches and objects of the Git repository that a folder is a work tree of. */
export async function gitFolder(folder: string): Promise<string> {
  return await commonFolder(await repositoryIn(folder));
}

/** A worktree's branches and objects are in the repository that it belongs to. */
async function commonFolder(repository: string): Promise<string> {
  const common = await read(join(repository, "commondir"));
  return common ? join(repository, common) : repository;
}

/** The folder with the HEAD file. */
async function repositoryIn(folder: string): Promise<string> {
  const path = join(folder, ".git");
  // A worktree has a file that says where that folder is.
  const link = (await read(path))?.match(/^gitdir: (.+)$/)?.[1];
  return link === undefined ? path : isAbsolute(link) ? link : join(folder, link);
}

function commitIn(text: string | undefined): string | null {
  return text && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text) ? text : null;
}

/** A file's text without its last line end; undefined if it cannot be read. */
async function read(path: string): Promise<string | undefined> {
  try {
    return (await readText(path, { maxBytes: SIZE_LIMITS.result })).trimEnd();
  } catch {
    return undefined;
  }
}
