import { sha256 } from "../sha256.ts";
import { readColumns } from "./columns/read_columns.ts";
import type { PlaceOfOption } from "./columns/resolve_names.ts";
import type { Dataset } from "./dataset.ts";
import { openTable } from "./table/open_table.ts";
import type { ReadingOptions } from "./table/reading.ts";
import type { TableOptions } from "./table_options.ts";

/** How the first version read every file. */
const FIRST_READING: ReadingOptions = {
  separator: "comma",
  header: true,
  decimal: ".",
  encoding: "utf-8",
  comment: "",
  skipRows: 0,
};
/** The keys of the options of reading, as experiments have them. */
const READING_KEYS = {
  separator: "separator",
  header: "header",
  decimal: "decimal",
  encoding: "encoding",
  comment: "comment",
  skipRows: "skip_rows",
} as const;

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
  const table = await openTable(bytes, file, readingOptions(options, placeOf));
  const hasHeader = table.reading.header;
  const dataset = readColumns({ ...table, file, hasHeader }, options, placeOf);
  return { ...dataset, checksum: await checksum };
}

/** What options say of reading, or the first version did. */
function readingOptions(
  { separator, header, decimal, encoding, comment, skipRows, asFirstVersion }: TableOptions,
  placeOf: PlaceOfOption = () => undefined,
): ReadingOptions {
  const written = Object.entries({ separator, header, decimal, encoding, comment, skipRows })
    .filter(([, value]) => value !== undefined);
  const places = Object.entries(READING_KEYS).map(([option, key]) => [option, placeOf([key])]);
  return {
    ...asFirstVersion && FIRST_READING,
    ...Object.fromEntries(written),
    places: Object.fromEntries(places),
  };
}
