import { systemReason } from "../system_reason.ts";
import { UserError } from "../user_error.ts";
import type { Dataset } from "./dataset.ts";
import { parseDataset } from "./parse_dataset.ts";

/** The limit of a file's decompressed size, so that a small file cannot fill the memory. */
const MOST_BYTES = 2 ** 31;

/**
 * Reads a dataset from a CSV file, or a gzipped one if its name ends with `.gz`; `parseDataset()`
 * describes the format.
 *
 * @throws {UserError} If the file cannot be read or is invalid, with its problems.
 */
export async function readDataset(path: string, target: string): Promise<Dataset> {
  return await parseDataset(await readBytes(path), path, target);
}

async function readBytes(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const { size } = await Deno.stat(path);
    if (size > MOST_BYTES) throw tooLarge(path);
    return path.endsWith(".gz") ? await readGzip(path) : await Deno.readFile(path);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UserError(`Cannot read ${path}: ${reason}`);
  }
}

async function readGzip(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const file = await Deno.open(path);
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of file.readable.pipeThrough(new DecompressionStream("gzip"))) {
      length += chunk.length;
      if (length > MOST_BYTES) throw tooLarge(path);
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
  return new UserError(`Cannot read ${path}: it is larger than ${MOST_BYTES / 2 ** 30} GiB`);
}
