import { UserError } from "../../user_error.ts";
import { openText } from "./_open_text.ts";
import { refuseOtherFormat } from "./_other_format.ts";
import type { OpenTable, ReadingOptions } from "./reading.ts";

/** PAR1, in ASCII. */
const PARQUET_MARK = [0x50, 0x41, 0x52, 0x31];
const PARQUET_NAME = /\.(parquet|pq)(\.gz)?$/i;

/**
 * Opens a table's file: settles how to read it, and finds the columns.
 *
 * What `options` leave open is detected from the bytes alone, so it is the same on every machine.
 *
 * @param bytes The file's bytes, decompressed.
 * @param file The file's name for messages.
 * @throws {UserError} If the file is no table, cannot be read as the options say, or could be read in
 * two ways; with what to write for each.
 */
export async function openTable(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  options: ReadingOptions = {},
): Promise<OpenTable> {
  if (bytes.length === 0) {
    throw new UserError({ message: "File is empty", place: { file, line: 1 } });
  }
  if (isParquet(bytes)) {
    // Not before it is needed: it takes a while to load.
    const { openParquet } = await import("./_open_parquet.ts");
    return await openParquet(bytes, file, options);
  }
  if (PARQUET_NAME.test(file)) throw new UserError(`Cannot read ${file}: it is not Parquet`);
  refuseOtherFormat(bytes, file);
  return openText(bytes, file, options);
}

/** Whether a file's bytes are those of a Parquet file. */
export function isParquet(bytes: Uint8Array): boolean {
  return PARQUET_MARK.every((byte, at) => bytes[at] === byte);
}
