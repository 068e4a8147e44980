import { createGunzip } from "node:zlib";
import { tooLarge } from "./_check_facts.ts";
import { FileError } from "./file_error.ts";
import { openFile, type ReadOptions } from "./read_file.ts";

const PIECE_BYTES = 2 ** 16;

/**
 * Reads and decompresses a gzip file, of one member or of several.
 *
 * Node's zlib does it, since a DecompressionStream takes one member only. Like gzip itself, it passes
 * over zeros after the last member.
 *
 * @throws {FileError} As `readFile()` does, also if it has more than `maxBytes` when decompressed, or
 * is not gzip.
 * @throws {Error} If the system refuses.
 */
export async function readGzip(
  path: string,
  options: ReadOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { maxBytes } = options;
  const gunzip = createGunzip();
  const ended = Promise.withResolvers<void>();
  const chunks: Uint8Array[] = [];
  let length = 0;
  gunzip.on("end", ended.resolve).on("error", ended.reject).on("data", (chunk: Uint8Array) => {
    length += chunk.length;
    if (length > maxBytes) ended.reject(tooLarge(maxBytes));
    else chunks.push(chunk);
  });
  try {
    using file = await openFile(path, options);
    const zipped = new Uint8Array(PIECE_BYTES);
    // Piece by piece, so that a signal can interrupt it.
    for (;;) {
      const count = await file.read(zipped);
      if (count === null) break;
      const written = new Promise((resolve) => gunzip.write(zipped.slice(0, count), resolve));
      await Promise.race([written, ended.promise]);
    }
    gunzip.end();
    await ended.promise;
  } catch (error) {
    throw reasonOf(error) ?? error;
  } finally {
    gunzip.destroy();
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function reasonOf(error: unknown): FileError | undefined {
  switch (error instanceof Error && "code" in error && error.code) {
    case "Z_BUF_ERROR":
      return new FileError("its gzip data ends too early");
    case "Z_DATA_ERROR":
      return new FileError("its gzip data is damaged, or followed by other data");
  }
  return undefined;
}
