import { nearest } from "../../nearest.ts";
import { type Place, UserError } from "../../user_error.ts";
import { checkColumns, numberedNames, readNames } from "./_column_names.ts";
import { skipTop } from "./_skip_top.ts";
import { tellColumns } from "./_tell_columns.ts";
import { tellComment } from "./_tell_comment.ts";
import { tellDecimal } from "./_tell_decimal.ts";
import { tellSeparator } from "./_tell_separator.ts";
import { toUtf8 } from "./_to_utf8.ts";
import { CsvScanner } from "./csv_scanner.ts";
import { type Dialect, PLAIN_CSV, type Separator, separatorOf, SEPARATORS } from "./dialect.ts";
import { type OpenTable, PLAIN_READING, type Reading, type ReadingOptions } from "./reading.ts";

/**
 * Opens a table of text: detects what the options leave open, and finds the columns.
 *
 * @throws {UserError} If something cannot be detected, could be read in two ways, or contradicts an
 * option.
 */
export function openText(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  options: ReadingOptions,
): OpenTable {
  return options.asFirstVersion ? openAsFirstVersion(bytes, file) : openTold(bytes, file, options);
}

/** Opens a file of commas in UTF-8 with a header, whatever it looks like. */
function openAsFirstVersion(bytes: Uint8Array, file: string): OpenTable {
  const first = new CsvScanner(bytes);
  if (!first.next()) throw emptyFile({ file, line: 1 });
  refuseQuotes(first, file);
  checkColumns(first.count, file, first.line);
  return {
    reading: { ...PLAIN_READING, hasIndex: first.isEmpty(0) },
    names: readNames(first, file, first.count, 0),
    line: first.line,
    place: (column) => first.place(file, column),
    records: () => {
      const scanner = new CsvScanner(bytes);
      scanner.next();
      return scanner;
    },
  };
}

function openTold(
  fileBytes: Uint8Array<ArrayBuffer>,
  file: string,
  options: ReadingOptions,
): OpenTable {
  const { places = {}, skipRows = 0, decimal } = options;
  const { bytes, encoding } = toUtf8(fileBytes, file, options.encoding, places.encoding);
  const { separator: namedSeparator, ...top } = skipTop(bytes, skipRows);
  const written = writtenSeparator(options) ?? namedSeparator;
  const place = { file, line: top.startLine };
  const base: Dialect = { ...PLAIN_CSV, ...top, skipsEmpty: true, decimal: decimal ?? "." };
  if (!new CsvScanner(bytes, base).next()) {
    if (skipRows === 0) throw emptyFile(place);
    const message = `Cannot use skip_rows ${skipRows}: nothing is left of ${file}`;
    throw new UserError({ message, place: places.skipRows ?? { file } });
  }

  const comment = options.comment ?? tellComment(bytes, base, file, written);
  const { separator, singleQuotes, fields } = tellSeparator(
    bytes,
    { ...base, comment },
    place,
    written,
    places.separator,
  );
  const cut = { ...base, comment, separator, singleQuotes };
  const { format, seen } = tellDecimal(bytes, cut, file, decimal);
  const columns = tellColumns(
    bytes,
    { ...cut, ...format },
    file,
    fields,
    options.header,
    places.header,
  );
  const { header, width, indexColumns, commentedHeader } = columns;
  checkColumns(width, file, top.startLine);
  const dialect: Dialect = { ...cut, ...format, fields, width };

  const first = new CsvScanner(bytes, commentedHeader ?? dialect);
  first.next();
  refuseQuotes(first, file);
  const names = header ? readNames(first, file, width, indexColumns) : numberedNames(width);
  const reading: Reading = {
    format: "text",
    encoding,
    separator,
    header,
    decimal: format.decimal,
    comment,
    skipRows,
    singleQuotes,
    thousands: seen,
    hasIndex: header && (indexColumns > 0 || first.isEmpty(0)),
    emptyColumns: fields - width,
  };
  return {
    reading,
    names,
    line: first.line,
    place: (column) =>
      first.place(file, Math.max(0, Math.min(column - indexColumns, first.count - 1))),
    records: () => {
      const scanner = new CsvScanner(bytes, dialect);
      if (header && !commentedHeader) scanner.next();
      return scanner;
    },
  };
}

function emptyFile(place: Place): UserError {
  return new UserError({ message: "File is empty", place });
}

function writtenSeparator({ separator, places }: ReadingOptions): Separator | undefined {
  if (separator === undefined) return undefined;
  const found = separatorOf(separator);
  if (found) return found;
  const names = Object.keys(SEPARATORS);
  const near = nearest(separator, names);
  throw new UserError({
    message: `Cannot use separator ${JSON.stringify(separator)}: write ${names.join(", ")}`,
    hint: near && `did you mean ${near}?`,
    place: places?.separator,
  });
}

function refuseQuotes(scanner: CsvScanner, file: string): void {
  const { quoteProblem } = scanner;
  if (!quoteProblem) return;
  const place = scanner.place(file, quoteProblem.field);
  throw new UserError({ message: quoteProblem.message, place });
}
