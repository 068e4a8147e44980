import type { Task } from "../measures/measure.ts";
import {
  type ColumnChoice,
  type DroppedRows,
  OTHER_COLUMNS,
  type TableOptions,
} from "./table_options.ts";

/**
 * What reading and using a table did that the first version did not do. Members that say what it did are
 * absent, never those that merely say what is usual today.
 */
export interface TableIdentity {
  readonly separator?: string;
  readonly header?: false;
  readonly decimal?: string;
  readonly encoding?: string;
  readonly comment?: string;
  readonly skipRows?: number;
  readonly task?: Task;
  /** Columns that are not numbers, by name. */
  readonly columns?: Readonly<Record<string, ColumnChoice>>;
  /** Columns that are numbers, though splits need them. */
  readonly kept?: readonly string[];
  /** Words that stand for missing cells in the table. */
  readonly missing?: readonly string[];
  readonly dropRows?: readonly ("gaps" | DroppedRows)[];
  /** SHA-256 of the file with the test rows. */
  readonly test?: string;
}

/** @param choices Options that leave nothing open: `TableFacts.choices`. */
export function tableIdentity(
  choices: TableOptions,
  testChecksum?: string,
): TableIdentity | undefined {
  const { separator = "comma", header = true, decimal = ".", encoding = "utf-8" } = choices;
  const { comment = "", skipRows = 0 } = choices;
  const { task, columns = {}, missing = [], dropsGaps, dropRows = [] } = choices;
  const uses = Object.entries(columns).filter(([name]) => name !== OTHER_COLUMNS);
  const others = uses.filter(([, choice]) => choice !== "number");
  const kept = uses.flatMap(([name, choice]) => choice === "number" ? [name] : []);
  const left = [...dropsGaps ? ["gaps" as const] : [], ...[...dropRows].sort()];
  const identity: TableIdentity = {
    ...separator !== "comma" && { separator },
    ...!header && { header },
    ...decimal !== "." && { decimal },
    ...encoding !== "utf-8" && { encoding },
    ...comment !== "" && { comment },
    ...skipRows !== 0 && { skipRows },
    ...task === "regression" && { task },
    ...others.length > 0 && { columns: Object.fromEntries(others) },
    ...kept.length > 0 && { kept: kept.sort() },
    ...missing.length > 0 && { missing: [...missing].sort() },
    ...left.length > 0 && { dropRows: left },
    ...testChecksum !== undefined && { test: testChecksum },
  };
  return Object.keys(identity).length > 0 ? identity : undefined;
}
