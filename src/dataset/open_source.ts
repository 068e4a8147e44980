import type { PlaceOfOption } from "./columns/resolve_names.ts";
import { openTable } from "./table/open_table.ts";
import type { ReadingOptions } from "./table/reading.ts";
import type { TableOptions } from "./table_options.ts";
import type { TableSource } from "./table_source.ts";

const LF = 0x0a;
const CR = 0x0d;

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
 * Opens a table as its options say, and detects from its bytes what they leave open.
 *
 * @throws {UserError} If it cannot be read so.
 */
export async function openSource(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  options: Omit<TableOptions, "target">,
  placeOf?: PlaceOfOption,
): Promise<TableSource> {
  const table = await openTable(bytes, file, readingOptions(options, placeOf));
  const { reading, names } = table;
  const mostRows = reading.format === "text" ? mostRowsIn(bytes, names.length) : 0;
  return { ...table, file, hasHeader: reading.header, mostRows };
}

/** An upper bound: a record ends its line, and has at least a byte per field. */
function mostRowsIn(bytes: Uint8Array, columns: number): number {
  const mostByBytes = Math.ceil((bytes.length + 1) / columns);
  let lines = 1;
  for (const end of [LF, CR]) {
    for (let at = bytes.indexOf(end); at >= 0 && lines < mostByBytes; lines++) {
      at = bytes.indexOf(end, at + 1);
    }
  }
  return Math.min(lines, mostByBytes);
}

/** What options say of reading; where they say nothing, the first version's way if that is asked for. */
function readingOptions(
  { separator, header, decimal, encoding, comment, skipRows, asFirstVersion }: Omit<
    TableOptions,
    "target"
  >,
  placeOf: PlaceOfOption = () => undefined,
): ReadingOptions {
  const written = Object.entries({ separator, header, decimal, encoding, comment, skipRows })
    .filter(([, value]) => value !== undefined);
  const places = Object.entries(READING_KEYS).map(([option, key]) => [option, placeOf([key])]);
  return {
    ...asFirstVersion && written.length === 0 && { asFirstVersion },
    ...Object.fromEntries(written),
    places: Object.fromEntries(places),
  };
}
