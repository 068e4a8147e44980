import { createHash } from "node:crypto";
import { join } from "node:path";
import { lookAt, readLinkSync } from "../files/facts.ts";
import { nodeFiles } from "../files/node_files.ts";
import { readFileSync } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { gitCommit, gitFolder } from "./git_commit.ts";

/** Which code ran, as far as Git knows. */
export interface GitState {
  /** The commit that the repository is at; null if it is unknown. */
  readonly commit: string | null;
  /** Whether the files that were asked about are as committed; null if it is unknown. */
  readonly clean: boolean | null;
  /** Why one of them is null. */
  readonly reason?: string;
}

/** The part of an entry in a commit's tree that determines its file. */
interface TreeFile {
  readonly path: string;
  readonly mode: number;
  /** SHA-1, or SHA-256, of the file as a Git blob, in hex. */
  readonly oid: string;
}

const SYMBOLIC_LINK = 0o120000;

/**
 * The commit that the Git repository in a folder is at, and whether the files there are that
 * commit's.
 *
 * Every file's content is compared, whatever the index thinks of it; files that the commit does not
 * have are not looked at. Nothing is written, and no program run.
 *
 * @param options of: the files and folders that matter, by their names in the folder; all if not given.
 */
export async function gitState(
  folder: string,
  { of }: { readonly of?: readonly string[] } = {},
): Promise<GitState> {
  const commit = await gitCommit(folder);
  if (commit === null) return { commit, clean: null, reason: "no commit can be found" };
  try {
    const files = await filesOf(commit, await gitFolder(folder), of);
    return { commit, clean: files.every((file) => isAsCommitted(folder, file)) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { commit, clean: null, reason: `Cannot read the commit: ${reason}` };
  }
}

async function filesOf(
  commit: string,
  gitdir: string,
  of: readonly string[] | undefined,
): Promise<TreeFile[]> {
  // It takes a while to load: not before training.
  const { TREE, walk } = await import("isomorphic-git");
  const files: TreeFile[] = [];
  await walk({
    fs: nodeFiles,
    gitdir,
    trees: [TREE({ ref: commit })],
    map: async (path, [entry]) => {
      // Null: nothing below is walked.
      if (path !== "." && of?.includes(path.split("/")[0]) === false) return null;
      // Neither folders nor submodules.
      if (entry !== null && await entry.type() === "blob") {
        files.push({ path, mode: await entry.mode(), oid: await entry.oid() });
      }
      return undefined;
    },
  });
  return files;
}

/** Reads and hashes without waiting: for files of a few kilobytes, other threads take longer. */
function isAsCommitted(folder: string, { path, mode, oid }: TreeFile): boolean {
  const content = contentOf(join(folder, path), mode);
  return content !== undefined && blobId(content, oid.length) === oid;
}

/** A file's content as Git stores it; undefined if it is missing or of another kind. */
function contentOf(path: string, mode: number): Uint8Array<ArrayBuffer> | undefined {
  try {
    const isSymlink = lookAt(path)?.isSymlink;
    if (isSymlink !== (mode === SYMBOLIC_LINK)) return undefined;
    return isSymlink
      ? new TextEncoder().encode(readLinkSync(path))
      : readFileSync(path, { maxBytes: SIZE_LIMITS.own });
  } catch {
    return undefined;
  }
}

function blobId(content: Uint8Array<ArrayBuffer>, hexLength: number): string {
  const hash = createHash(hexLength === 40 ? "sha1" : "sha256");
  return hash.update(`blob ${content.length}\0`).update(content).digest("hex");
}
