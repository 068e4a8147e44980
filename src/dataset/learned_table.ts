import { rarestClass } from "../measures/class_counts.ts";
import type { Dataset } from "./dataset.ts";
import type { Reading } from "./table/reading.ts";
import type { CellFormat, ColumnType, ColumnUse } from "./table_facts.ts";

/** How the table was read that a model has learned from: what it takes to read another one in the same way. */
export interface LearnedTable {
  readonly reading: Pick<
    Reading,
    "format" | "separator" | "header" | "decimal" | "comment" | "skipRows"
  >;
  /** All columns of the file, in its order. */
  readonly columns: readonly LearnedColumn[];
  /** What marks a missing cell, besides an empty one. */
  readonly missing: readonly string[];
  /** SHA-256 of the file's (decompressed) bytes, in hex. */
  readonly checksum: string;
  /** The class that measures of one of two classes are of. */
  readonly positive?: number;
  /** True if a category that the file does not have counts as missing, as one of a file of test rows did. */
  readonly unknownIsMissing?: boolean;
}

/** A column of the file. */
export interface LearnedColumn extends CellFormat {
  readonly name: string;
  readonly type: ColumnType;
  readonly use: ColumnUse;
}

/** How a dataset's file was read. */
export function learnedTable(
  { facts, checksum, testChecksum, task, targets, classes }: Dataset,
): LearnedTable {
  const { format, separator, header, decimal, comment, skipRows } = facts.reading;
  return {
    reading: { format, separator, header, decimal, comment, skipRows },
    columns: facts.columns.map(({ name, type, use }) => {
      return { name, type, use, ...facts.formats.get(name) };
    }),
    missing: facts.choices.missing ?? [],
    checksum,
    ...task === "classification" && classes.length === 2 &&
      { positive: rarestClass(targets, classes.length) },
    ...testChecksum !== undefined && { unknownIsMissing: true },
  };
}
