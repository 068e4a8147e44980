import { globSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isIn, SLOW } from "./_slow_tests.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** More files save little more: a group loads about as much as one of its files alone. */
const LARGEST_GROUP = 96;

/** Test files, by their paths from the project's folder. */
export interface ChosenFiles {
  /** Each has a module of its own. */
  readonly alone: readonly string[];
  /** The files of each group share one module: what all of them import is loaded and compiled once. */
  readonly groups: readonly (readonly string[])[];
}

/**
 * Finds test files, and groups the quick ones.
 *
 * @param paths Files and folders, from the project's folder.
 * @param options isQuick: leave slow files out, but for those that are named themselves. fewestGroups: as many
 *   as can run at a time; fewer files give fewer groups.
 * @throws {Error} If there is no such file or folder.
 */
export function chooseFiles(
  paths: readonly string[],
  { isQuick, fewestGroups }: { readonly isQuick: boolean; readonly fewestGroups: number },
): ChosenFiles {
  const named = paths.map((path) => relative(ROOT, resolve(ROOT, path)));
  const files = [...new Set(named.flatMap(testFilesIn))].sort()
    .filter((file) => !isQuick || !isSlow(file) || named.includes(file));
  const alone = files.filter((file) => isSlow(file) || touchesOthers(textOf(file)));
  const others = files.filter((file) => !alone.includes(file));
  const size = Math.min(LARGEST_GROUP, Math.ceil(others.length / fewestGroups));
  const groups: string[][] = [];
  for (let i = 0; i < others.length; i += size) groups.push(others.slice(i, i + size));
  return { alone, groups };
}

/** Whether a file's text acts on all tests of its module, or on the program. */
export function touchesOthers(text: string): boolean {
  return /\bDeno\.(test\.(before|after)|chdir\(|env\.(set|delete)\()|\bglobalThis\.addEv/.test(
    text,
  );
}

/** Writes a module for each group to a folder, which imports the group's files; returns their paths. */
export async function writeGroups(
  groups: ChosenFiles["groups"],
  folder: string,
): Promise<string[]> {
  return await Promise.all(groups.map(async (files, i) => {
    const imports = files.map((file) => `import "${pathToFileURL(resolve(ROOT, file))}";\n`);
    const path = join(folder, `group_${i + 1}_test.ts`);
    await Deno.writeTextFile(path, imports.join(""));
    return path;
  }));
}

function testFilesIn(path: string): string[] {
  if (Deno.statSync(join(ROOT, path)).isFile) return [path];
  const inFolder = globSync("**/*_test.ts", {
    cwd: join(ROOT, path),
    exclude: ["**/node_modules/**"],
  });
  // What tests leave in tests/tmp is none of them.
  return inFolder.map((file) => join(path, file)).filter((file) => !isIn("tests/tmp", file));
}

function isSlow(file: string): boolean {
  return SLOW.some((path) => isIn(path, file));
}

function textOf(file: string): string {
  return Deno.readTextFileSync(join(ROOT, file));
}
