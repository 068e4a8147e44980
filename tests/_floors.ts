import { importsOf, projectFileOf, readSource, sourceFilesIn } from "./_source_files.ts";

/**
 * The floors of docs/architecture.md, from the ground up: a folder of src/ may import itself, the leaves (which are
 * the files right in src/) and the folders on floors below its own.
 */
export const FLOORS: readonly (readonly string[])[] = [
  ["leaves"],
  ["files"],
  ["kernels", "measures"],
  ["dataset"],
  ["trainers"],
  ["experiment"],
  ["store", "results"],
  ["statistics", "predict"],
  ["wording"],
  ["report"],
  ["sweep"],
  ["verify", "import"],
  ["api"],
  ["mod"],
  ["cli"],
  ["main", "install"],
];

/** The files right in src/ that have a floor of their own. */
const TOPS = ["main.ts", "mod.ts", "install.ts"];

/** An import of one file of src/ by another. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  readonly isTypeOnly: boolean;
  readonly isDynamic: boolean;
}

export const EDGES: readonly Edge[] = (await Promise.all(
  // AssemblyScript has a world of its own.
  sourceFilesIn("src").filter((file) => !file.includes("/assembly/")).map(async (from) =>
    importsOf(await readSource(from)).flatMap(({ specifier, isTypeOnly, isDynamic = false }) => {
      const to = projectFileOf(from, specifier);
      return to === undefined ? [] : [{ from, to, isTypeOnly, isDynamic }];
    })
  ),
)).flat();

/** The folder of src/ that a file is in. */
export function folderOf(file: string): string {
  const [, folder, ...rest] = file.split("/");
  if (rest.length > 0) return folder;
  return TOPS.includes(folder) ? folder.slice(0, -".ts".length) : "leaves";
}
