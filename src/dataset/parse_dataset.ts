import { sha256 } from "../sha256.ts";
import { readColumns } from "./columns/read_columns.ts";
import type { PlaceOfOption } from "./columns/resolve_names.ts";
import type { Dataset } from "./dataset.ts";
import { openSource } from "./open_source.ts";
import type { TableOptions } from "./table_options.ts";

/** A file that a dataset is parsed from. */
export interface TableFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Its name in messages. */
  readonly file: string;
}

/** What is known beside the options. */
export interface ParsingContext {
  /** Finds where options are written. */
  readonly placeOf?: PlaceOfOption;
  /** The test rows; present if the options name a file of them. */
  readonly test?: TableFile;
}

/**
 * Parses a dataset from a table's bytes. Where the options do not say how to read them, or what the
 * columns are, that is detected.
 *
 * @param file Its name in messages.
 * @throws {UserError} If the file is invalid, or does not suit the options.
 */
export async function parseDataset(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  options: TableOptions,
  { placeOf, test }: ParsingContext = {},
): Promise<Dataset> {
  const checksum = sha256(bytes);
  const testChecksum = test && sha256(test.bytes);
  const source = await openSource(bytes, file, options, placeOf);
  const { separator, header, decimal } = source.reading;
  // It is written like the other file where nothing says otherwise.
  const testSource = test &&
    await openSource(test.bytes, test.file, { separator, header, decimal, ...options }, placeOf);
  const dataset = readColumns(source, options, { placeOf, test: testSource });
  return {
    ...dataset,
    file,
    checksum: await checksum,
    ...testChecksum && { testChecksum: await testChecksum },
  };
}
