import { asUserError } from "../files/as_user_error.ts";
import { openFile, readFile } from "../files/read_file.ts";
import { SIZE_LIMITS } from "../files/size_limits.ts";
import { UserError } from "../user_error.ts";
import type { Dataset } from "./dataset.ts";
import { parseDataset } from "./parse_dataset.ts";

const maxBytes = SIZE_LIMITS.dataset;

/**
 * Reads a dataset from a CSV file, or a gzipped one if its name ends with `.gz`; `parseDataset()`
 * describes the format.
 *
 * @throws {UserError} If the file cannot be read or is invalid, with its problems.
 */
export async function readDataset(path: string, target: string): Promise<Dataset> {
  return await parseDataset(await readDatasetBytes(path), path, target);
}

/**
 * Reads a dataset's bytes, decompressed, which `parseDataset()` takes.
 *
 * @throws {UserError} If the file cannot be read.
 */
export async function readDatasetBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return path.endsWith(".gz") ? await readGzip(path) : await readFile(path, { maxBytes });
  } catch (error) {
    throw asUserError(error, `Cannot read ${path}`);
  }
}

async function readGzip(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await openFile(path, { maxBytes });
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of file.readable.pipeThrough(new DecompressionStream("gzip"))) {
      length += chunk.length;
      if (length > maxBytes) throw tooLarge(path);
      chunks.push(chunk);
    }
  } catch (error) {
    // By its standard, a DecompressionStream throws a TypeError for invalid input.
    if (!(error instanceof TypeError)) throw error;
    throw new UserError(
      `Cannot decompress ${path}: its gzip data is damaged, truncated or in several parts`,
    );
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function tooLarge(path: string): UserError {
  return new UserError(`Cannot read ${path}: it is larger than ${maxBytes / 2 ** 30} GiB`);
}
