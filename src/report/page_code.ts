import { fileURLToPath } from "node:url";
import packageFile from "../../deno.json" with { type: "json" };
import { namesInSync } from "../files/folders.ts";
import { readOwnFileSync } from "../files/read_file.ts";
import type { PageCode } from "../results/manifest.ts";
import { sha256 } from "../sha256.ts";

/** What of src/ determines a report: files, and folders with all that is in them. */
export const PAGE_SOURCES = [
  "report",
  "wording",
  "statistics",
  "results",
  "measures",
  "trainers",
  "dataset",
  "experiment/cells/pattern.ts",
  "experiment/cells/pattern_terms.ts",
  "experiment/cells/swept_value.ts",
  "experiment/experiment.ts",
  "experiment/replicates.ts",
  "experiment/schema/preparation_rows.ts",
  "files",
  "kernels/_reference_math.ts",
  "kernels/exact_math.ts",
  "command_text.ts",
  "format_number.ts",
  "list_words.ts",
  "nearest.ts",
  "one_line.ts",
  "random_stream.ts",
  "user_error.ts",
] as const;

/** The packages that draw a report, or are in it. */
export const PAGE_PACKAGES = [
  "@std/csv",
  "@stdlib/dist-stats-base-dists-flat",
  "fflate",
  "seedrandom",
  "vega",
  "vega-lite",
] as const;

const SOURCE = new URL("../", import.meta.url);

/**
 * The code that draws reports here. Equal checksums mean that equal files give equal reports; where
 * they differ, the reports can still be equal, because not every change of the code shows.
 */
export function pageCode(): Promise<PageCode> {
  return code ??= readPageCode();
}

/** Read once: a sweep draws many reports by the code that it has loaded. */
let code: Promise<PageCode> | undefined;

async function readPageCode(): Promise<PageCode> {
  const files = PAGE_SOURCES.flatMap(filesAt).sort();
  // Read one after the other: a process may be allowed few open files.
  const checksums = files.map((file) => sha256(readOwnFileSync(new URL(file, SOURCE))));
  const lines = (await Promise.all(checksums)).map((checksum, index) =>
    `${files[index]} ${checksum}`
  );
  const packages = PAGE_PACKAGES.map((name) => packageFile.imports[name]);
  return {
    regsweep: packageFile.version,
    checksum: await sha256([...lines, ...packages].join("\n")),
  };
}

/** Paths of the files at a path of src/, from there. */
function filesAt(path: string): string[] {
  if (/\.ts$/.test(path)) return [path];
  return namesInSync(fileURLToPath(new URL(path, SOURCE)))
    .flatMap((name) => /\.\w+$/.test(name) ? [`${path}/${name}`] : filesAt(`${path}/${name}`));
}
