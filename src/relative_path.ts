import { relative, sep } from "node:path";

/** What differs between the paths of operating systems: `node:path` has it for this one. */
export interface PathRules {
  readonly relative: (from: string, to: string) => string;
  readonly sep: string;
}

/**
 * The path of a file or folder from a folder, with slashes on every system: for files that people
 * pass on. It is absolute if it leads to another drive of Windows.
 */
export function relativePath(
  folder: string,
  path: string,
  rules: PathRules = { relative, sep },
): string {
  const from = rules.relative(folder, path);
  return rules.sep === "/" ? from : from.replaceAll(rules.sep, "/");
}
