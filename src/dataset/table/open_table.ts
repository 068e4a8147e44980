import { UserError } from "../../user_error.ts";
import { openText } from "./_open_text.ts";
import { refuseOtherFormat } from "./_other_format.ts";
import type { OpenTable, ReadingOptions } from "./reading.ts";

/**
 * Opens a table's file: settles how to read it, and finds the columns.
 *
 * What `options` leave open is told from the bytes alone, so it is the same on every machine.
 *
 * @param bytes The file's bytes, decompressed.
 * @param file The file's name for messages.
 * @throws {UserError} If the file is no table, cannot be read as the options say, or could be read in
 * two ways; with what to write for each.
 */
// deno-lint-ignore require-await -- Parquet will be loaded here when it is needed.
export async function openTable(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  options: ReadingOptions = {},
): Promise<OpenTable> {
  if (bytes.length === 0) {
    throw new UserError({ message: "File is empty", place: { file, line: 1 } });
  }
  refuseOtherFormat(bytes, file);
  return openText(bytes, file, options);
}
