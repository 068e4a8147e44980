import { dirname, isAbsolute, resolve } from "node:path";

/** The folder that relative paths start from. */
export function workingFolder(): string {
  return Deno.cwd();
}

/** Makes relative paths start from another folder. */
export function goToFolder(folder: string): void {
  Deno.chdir(folder);
}

/** Where a file was looked for; undefined if its path says so itself. */
export function whereLooked(path: string): string | undefined {
  return isAbsolute(path) ? undefined : `looked in ${dirname(resolve(path))}`;
}
