import { UserError } from "../user_error.ts";
import { matchByName, matchByPlace, neededColumns } from "./columns/match_columns.ts";
import { type LearnedFrom, type NewColumns, readNewColumns } from "./columns/new_columns.ts";
import type { LearnedTable } from "./learned_table.ts";
import { openSource } from "./open_source.ts";
import { isParquet } from "./table/open_table.ts";
import type { TableOptions } from "./table_options.ts";
import type { TableSource } from "./table_source.ts";

/** A table that a model's predictions are wanted of. */
export interface NewTable extends NewColumns {
  /** Names of columns that the model's table does not have. */
  readonly ignored: readonly string[];
  /** True if columns were matched by their places, since the table has no header. */
  readonly isByPlace: boolean;
  /** (rows): what numbers or names the rows, if a column does. */
  readonly ids?: readonly string[];
}

/**
 * Reads a new table as the table was read that a model learned from. Columns are matched by name; where
 * the first line does not name them, by their places.
 *
 * @param bytes The file's bytes, decompressed.
 * @param file Its name in messages.
 * @throws {UserError} If a column that the model needs is missing, or a cell cannot be used.
 */
export async function readNewTable(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  learned: LearnedFrom,
): Promise<NewTable> {
  const { table } = learned;
  const { source, isByPlace } = await openNew(bytes, file, table);
  const matched = isByPlace ? matchByPlace(source, table) : matchByName(source, table);
  const columns = readNewColumns(source, matched, learned);
  const ids = idsIn(source, matched.fields, table);
  return { ...columns, ignored: matched.ignored, isByPlace, ...ids && { ids } };
}

type ReadingChoices = Pick<
  TableOptions,
  "separator" | "decimal" | "skipRows" | "comment" | "header"
>;

/**
 * Opens a table, and tells whether its first line is a header: one that names at least half of the
 * columns that the model needs is, whatever the model's table had. Otherwise, a table is like the model's
 * if that had no header; if it had one, the cells tell.
 *
 * A file that cannot be read as the model's table was is read as its bytes tell: it has other separators.
 */
async function openNew(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  learned: LearnedTable,
): Promise<{ source: TableSource; isByPlace: boolean }> {
  const { format, separator, decimal, comment, skipRows, header } = learned.reading;
  // Where the model's table has no comments, the new one may have some: the usual detection finds them.
  const asLearned = format === "parquet" || isParquet(bytes)
    ? {}
    : { separator, decimal, skipRows, ...comment !== "" && { comment } };
  const openAs = async (options: ReadingChoices) => {
    const source = await openSource(bytes, file, options);
    return { source, isByPlace: !source.hasHeader };
  };
  const isLike = await unlessRefused(() => openAs({ ...asLearned, header: true })) ??
    await unlessRefused(() => openAs({ ...asLearned, header: false }));
  const open = (options: ReadingChoices) => openAs({ ...isLike && asLearned, ...options });
  const named = await unlessRefused(() => open({ header: true }));
  if (named && namesHalf(named.source, learned)) return named;
  if (!header) return await open({ header: false });
  return await unlessRefused(() => open({})) ?? await open({ header: true });
}

async function unlessRefused<T>(open: () => Promise<T>): Promise<T | undefined> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function namesHalf({ names }: TableSource, learned: LearnedTable): boolean {
  const own = new Set(names);
  const needed = neededColumns(learned);
  return 2 * needed.filter((name) => own.has(name)).length >= needed.length;
}

/** The texts of the first column that numbered or named rows in the learned table. */
function idsIn(
  source: TableSource,
  fields: readonly (number | undefined)[],
  { columns }: LearnedTable,
): string[] | undefined {
  const field = columns.findIndex(({ type, use }, index) => {
    return type === "identifier" && use !== "feature" && use !== "target" &&
      fields[index] !== undefined;
  });
  const own = fields[field];
  if (own === undefined) return undefined;
  const ids: string[] = [];
  for (const records = source.records(); records.next();) ids.push(records.text(own) ?? "");
  return ids;
}
