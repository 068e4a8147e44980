import {
  type Compressors,
  type FileMetaData,
  parquetMetadata,
  type ParquetParsers,
  parquetRead,
  type SchemaElement,
} from "hyparquet";
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from "node:zlib";
import { UserError } from "../../user_error.ts";
import { checkColumns } from "./_column_names.ts";
import { ColumnRecords, type StoredColumn } from "./_column_records.ts";
import { ColumnStore } from "./_column_store.ts";
import { separatorOf } from "./dialect.ts";
import {
  type OpenTable,
  PLAIN_READING,
  type Reading,
  type ReadingOption,
  type ReadingOptions,
} from "./reading.ts";

/** Kinds of columns that are no numbers, texts, booleans, dates or times. */
const UNREADABLE: ReadonlySet<string> = new Set([
  "FILE",
  "FLOAT16",
  "GEOGRAPHY",
  "GEOMETRY",
  "VARIANT",
]);
/** More cells than a file of text can have: a few bytes of Parquet can stand for any number. */
const MOST_CELLS = 2 ** 30;
const DAY_MILLISECONDS = 86_400_000;

/** Those that the package does not have. A file cannot make them give more than it says. */
const COMPRESSORS: Compressors = {
  GZIP: (input, length) => gunzipSync(input, limit(length)),
  ZSTD: (input, length) => zstdDecompressSync(input, limit(length)),
  BROTLI: (input, length) => brotliDecompressSync(input, limit(length)),
};
const limit = (length: number) => ({ maxOutputLength: Math.max(1, length) });

/** Dates and times become texts, as in files of text. */
const PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => isoTime(Number(millis)),
  timestampFromMicroseconds: (micros) => isoTime(Number(micros / 1000n)),
  timestampFromNanoseconds: (nanos) => isoTime(Number(nanos / 1_000_000n)),
  dateFromDays: (days) => days === undefined ? days : isoTime(days * DAY_MILLISECONDS).slice(0, 10),
  jsonFromBytes: (bytes) => bytes && new TextDecoder().decode(bytes),
};

function isoTime(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? String(milliseconds) : date.toISOString();
}

/** What the options of files of text are for Parquet, where nothing can be chosen. */
const READING: Reading = { ...PLAIN_READING, format: "parquet" };
const OPTIONS: readonly ReadingOption[] = [
  "separator",
  "header",
  "decimal",
  "encoding",
  "comment",
  "skipRows",
];

/**
 * Opens a Parquet file and reads all its columns.
 *
 * @throws {UserError} If it is damaged, has nested columns, or has more cells than there can be.
 */
export async function openParquet(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  options: ReadingOptions,
): Promise<OpenTable> {
  refuseOptions(file, options);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const read = async <T>(work: () => T | Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      // Whatever the package throws, it is about the file.
      const reason = error instanceof Error ? error.message : String(error);
      throw new UserError(`Cannot read ${file}: ${reason.replace(/^parquet\s+/i, "")}`);
    }
  };
  const metadata = await read(() => parquetMetadata(buffer, { geoparquet: false }));
  const names = columnNames(metadata, file);
  const rows = Number(metadata.num_rows);
  if (!(rows * names.length <= MOST_CELLS)) {
    throw new UserError(`Cannot read ${file}: it has more than ${MOST_CELLS} cells`);
  }
  const columns: StoredColumn[] = [];
  // One after another: while a column is read, it takes several times its memory.
  for (const name of names) {
    const scale = takeDecimal(metadata, name);
    const store = new ColumnStore(rows, scale);
    await read(() =>
      parquetRead({
        file: { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) },
        metadata,
        columns: [name],
        compressors: COMPRESSORS,
        parsers: PARSERS,
        geoparquet: false,
        utf8: scale === undefined,
        onChunk: ({ columnData, rowStart }) => store.add(columnData, rowStart),
      })
    );
    columns.push(store.column());
  }
  return {
    reading: READING,
    names,
    line: 1,
    place: () => ({ file }),
    records: () => new ColumnRecords(columns, rows),
  };
}

function refuseOptions(file: string, options: ReadingOptions): void {
  for (const option of OPTIONS) {
    const value = options[option];
    const isUsual = option === "separator"
      ? separatorOf(options.separator ?? "comma") === READING.separator
      : value === undefined || value === READING[option];
    if (isUsual) continue;
    const name = option === "skipRows" ? "skip_rows" : option;
    throw new UserError({
      message: `Cannot use ${name} ${JSON.stringify(value)}: ${file} is Parquet, ` +
        "where nothing of it can be chosen",
      place: options.places?.[option],
    });
  }
}

function columnNames({ schema }: FileMetaData, file: string): string[] {
  const names: string[] = [];
  checkColumns(schema.length - 1, file, 1);
  for (const element of schema.slice(1)) {
    const { name } = element;
    if (isNested(element)) {
      throw new UserError(
        `Cannot read ${file}: its column ${
          JSON.stringify(name)
        } is neither numbers, texts, booleans nor times; ` +
          "save it without",
      );
    }
    if (name === "" || names.includes(name)) {
      throw new UserError(`Cannot read ${file}: two of its columns are ${JSON.stringify(name)}`);
    }
    names.push(name);
  }
  return names;
}

/** Whether a column's cells are lists, records, bytes or the like. */
function isNested(element: SchemaElement): boolean {
  const { num_children: children, repetition_type: repetition, type } = element;
  const { logical_type: logical, converted_type: converted } = element;
  return children !== undefined || repetition === "REPEATED" ||
    logical !== undefined && UNREADABLE.has(logical.type) ||
    type === "FIXED_LEN_BYTE_ARRAY" && logical === undefined && converted === undefined;
}

/**
 * The number of decimals of a column of decimal numbers, which are read as integers from now on: the
 * package divides them by a power of ten, which engines may round differently.
 */
function takeDecimal({ schema }: FileMetaData, name: string): number | undefined {
  const element = schema.find((element) => element.name === name && element !== schema[0]);
  if (!element) return undefined;
  const isDecimal = element.converted_type === "DECIMAL" ||
    element.logical_type?.type === "DECIMAL";
  if (!isDecimal) return undefined;
  element.converted_type = undefined;
  element.logical_type = undefined;
  return element.scale ?? 0;
}
