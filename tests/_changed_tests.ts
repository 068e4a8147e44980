import { dirname, join } from "node:path";

/**
 * What names a file: a path from the project's folder, or from the file that names it. Dots alone, such as `..`,
 * only begin a path.
 */
const NAMES = /"([\w@./-]*\w[\w@./-]*)"/g;

/** The test files that changes reach, and the changed files that no test reaches. */
export interface Reached {
  readonly tests: readonly string[];
  readonly unreached: readonly string[];
}

/**
 * Finds tests by what files name in quotes: what they import, start as a worker or a program, or read.
 *
 * @param changed Paths from the project's folder; the files may be gone.
 * @param texts Each source file's text, by its path.
 */
export function reachedTests(
  changed: readonly string[],
  texts: ReadonlyMap<string, string>,
): Reached {
  const users = new Map<string, Set<string>>();
  for (const [file, text] of texts) {
    for (const [, name] of text.matchAll(NAMES)) {
      const path = (name.startsWith(".") ? join(dirname(file), name) : name).replace(/\/$/, "");
      // A test that names a folder looks at the files in it; elsewhere, such a word is often no folder.
      if (path.includes(".") || file.startsWith("tests/")) {
        users.set(path, (users.get(path) ?? new Set()).add(file));
      }
    }
  }
  const tests = new Set<string>();
  const unreached = changed.filter((file) => {
    const found = testsFrom(file, users);
    for (const test of found) tests.add(test);
    return found.length === 0;
  });
  return { tests: [...tests].filter((test) => texts.has(test)).sort(), unreached };
}

function testsFrom(changed: string, users: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const reached = new Set([changed]);
  for (const folder of foldersOf(changed)) {
    for (const user of users.get(folder) ?? []) reached.add(user);
  }
  // A set's loop also visits what is added on the way.
  for (const file of reached) {
    for (const user of users.get(file) ?? []) reached.add(user);
  }
  return [...reached].filter((file) => file.endsWith("_test.ts"));
}

/** The folders around a file, such as `src/report` and `src`. */
function foldersOf(file: string): string[] {
  const folder = dirname(file);
  return folder === "." ? [] : [folder, ...foldersOf(folder)];
}

/**
 * The files of a Git work tree that differ from a commit, and those that Git does not know yet.
 *
 * @param commit The commit; without it, where HEAD left `origin/main`, or else `main`.
 * @throws {Error} If Git fails.
 */
export async function changedFiles(folder: string, commit?: string): Promise<string[]> {
  const base = commit ?? await branchPoint(folder);
  const lists = [
    await git(folder, ["diff", "--name-only", "--no-renames", "--relative", "-z", base, "--"]),
    await git(folder, ["ls-files", "--others", "--exclude-standard", "-z"]),
  ];
  return [...new Set(lists.flatMap((list) => list.split("\0")).filter((file) => file !== ""))]
    .sort();
}

async function branchPoint(folder: string): Promise<string> {
  const names = await git(folder, ["for-each-ref", "--format=%(refname)", "refs"]);
  const main = ["refs/remotes/origin/main", "refs/heads/main"]
    .find((name) => names.split("\n").includes(name));
  return main === undefined ? "HEAD" : (await git(folder, ["merge-base", "HEAD", main])).trim();
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command("git", {
    args: ["-C", folder, ...args],
  }).output();
  if (success) return new TextDecoder().decode(stdout);
  throw new Error(`git ${args[0]}: ${new TextDecoder().decode(stderr).trim()}`);
}
