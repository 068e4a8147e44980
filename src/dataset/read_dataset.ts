import { asUserError } from "../files/as_user_error.ts";
import { readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import type { PlaceOfOption } from "./columns/resolve_names.ts";
import type { Dataset } from "./dataset.ts";
import { parseDataset, type TableFile } from "./parse_dataset.ts";
import type { TableOptions } from "./table_options.ts";

/**
 * Reads a dataset from a CSV file, or a gzipped one if its name ends with `.gz`; `parseDataset()`
 * describes the format.
 *
 * @param placeOf Finds where options are written, for problems with them.
 * @throws {UserError} If the file cannot be read or is invalid, with its problems.
 */
export async function readDataset(
  path: string,
  options: TableOptions,
  placeOf?: PlaceOfOption,
): Promise<Dataset> {
  const bytes = await readDatasetBytes(path);
  return await parseDataset(bytes, path, options, { placeOf, ...await readTestFile(options) });
}

/**
 * Reads the file with the test rows, if options name one.
 *
 * @throws {UserError} If the file cannot be read.
 */
export async function readTestFile(
  { testPath }: Pick<TableOptions, "testPath">,
): Promise<{ test?: TableFile }> {
  if (testPath === undefined) return {};
  return { test: { bytes: await readDatasetBytes(testPath), file: testPath } };
}

/**
 * Reads a dataset's bytes, decompressed, which `parseDataset()` takes.
 *
 * @throws {UserError} If the file cannot be read.
 */
export async function readDatasetBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const options = { maxBytes: SIZE_LIMITS.dataset };
  try {
    if (!path.endsWith(".gz")) return await readFile(path, options);
    // Not before it is needed: it takes a while to load.
    const { readGzip } = await import("../files/read_gzip.ts");
    return await readGzip(path, options);
  } catch (error) {
    throw asUserError(error, `Cannot read ${path}`);
  }
}
