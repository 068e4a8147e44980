import { basename } from "node:path";
import type { ColumnFacts, TableFacts } from "../dataset/table_facts.ts";
import type { ManifestColumn, ManifestDataset } from "../results/manifest.ts";

/** With more columns, those that are plain numbers are left out. */
const MOST_COLUMNS = 100;

/** The members of a manifest that say how a table was read and its columns used. */
type TableMembers = Pick<ManifestDataset, "reading" | "columns" | "droppedRows" | "test">;

/** What a manifest says about a table. */
export function manifestTable(
  { reading, columns, droppedRows }: TableFacts,
  { testPath }: { readonly testPath?: string },
): TableMembers {
  const { format, separator, header, decimal, encoding, comment, skipRows } = reading;
  const shown = columns.length > MOST_COLUMNS
    ? columns.filter((column) => !isPlain(column))
    : columns;
  const left = Object.entries(droppedRows).filter(([, rows]) => rows > 0);
  return {
    reading: { format, separator, header, decimal, encoding, comment, skipRows },
    columns: shown.map(manifestColumn),
    ...left.length > 0 && { droppedRows: Object.fromEntries(left) },
    ...testPath !== undefined && { test: basename(testPath) },
  };
}

/** A number in every row, which models learn from. */
function isPlain({ type, use, missing }: ColumnFacts): boolean {
  return type === "number" && use === "feature" && missing === 0;
}

function manifestColumn({ name, type, use, why, missing }: ColumnFacts): ManifestColumn {
  return { name, type, use, ...why !== undefined && { why }, missing };
}
