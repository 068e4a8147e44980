import type { Inspection } from "../dataset/inspect_table.ts";
import type { ColumnFacts, ValueCount } from "../dataset/table_facts.ts";
import type { Task } from "../measures/measure.ts";
import type { Problem } from "../user_error.ts";
import { Details } from "./details.ts";

/** What a table is, also where a sweep would refuse it. */
export interface TableInspection {
  /** Rows of the file. */
  readonly rows: number;
  /** In the file's order. */
  readonly columns: readonly ColumnFacts[];
  /** What the target holds; absent if none is named, or that is not clear. */
  readonly task?: Task;
  /** The target's classes with their rows; empty if it has none. */
  readonly classes: readonly ValueCount[];
  /** Why a sweep would refuse the table; empty if it would not. */
  readonly problems: readonly Problem[];
}

/** All that is known of tables. */
export const INSPECTED = new Details<TableInspection, Inspection>("inspectTable()");

/**
 * Finds out what a table holds, and what a sweep would use of it.
 *
 * @example
 * ```ts
 * import { inspectTable } from "@regsweep/regsweep";
 *
 * const { rows, columns } = await inspectTable("data/penguins.csv", { target: "species" });
 * console.log(rows, columns.map(({ name, type, missing }) => ({ name, type, missing })));
 * ```
 *
 * @param table A file of any format that a sweep reads.
 * @param options.target The column to predict: its name, or its number from 1, or from -1 for the last.
 * @throws {UserError} If it cannot be read as a table, or has no such target.
 */
export async function inspectTable(
  table: string,
  { target }: { readonly target?: string | number } = {},
): Promise<TableInspection> {
  const [{ inspectTable: inspect }, { readDatasetBytes }, { typedTarget }] = await Promise.all([
    import("../dataset/inspect_table.ts"),
    import("../dataset/read_dataset.ts"),
    import("../dataset/typed_target.ts"),
  ]);
  const bytes = await readDatasetBytes(table);
  const named = target === undefined
    ? {}
    : { target: typeof target === "string" ? typedTarget(target) : target };
  const inspection = await inspect(bytes, table, named);
  const { rows, columns, task, classes, problems } = inspection;
  const told = { rows, columns, ...task !== undefined && { task }, classes, problems };
  return INSPECTED.keep(told, inspection);
}
