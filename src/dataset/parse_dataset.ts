import { sha256 } from "../sha256.ts";
import { readColumns } from "./columns/read_columns.ts";
import type { PlaceOfOption } from "./columns/resolve_names.ts";
import type { Dataset } from "./dataset.ts";
import { openSource } from "./open_source.ts";
import type { TableOptions } from "./table_options.ts";

/**
 * Parses a dataset from a table's bytes: how to read them, and what the columns are, is told from
 * them where the options do not say.
 *
 * `file` is its name in messages; `placeOf` finds where options are written.
 *
 * @throws {UserError} If the file is invalid, or does not suit the options.
 */
export async function parseDataset(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  options: TableOptions,
  placeOf?: PlaceOfOption,
): Promise<Dataset> {
  const checksum = sha256(bytes);
  const source = await openSource(bytes, file, options, placeOf);
  const dataset = readColumns(source, options, placeOf);
  return { ...dataset, checksum: await checksum };
}
