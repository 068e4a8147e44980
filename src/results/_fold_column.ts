import { FOLD_COLUMN } from "../measures/fixed_columns.ts";
import type { TableShape } from "./csv_table.ts";

/** A table with a line per run, with a column `fold` after `seed`, as it is where there are folds. */
export function withFold(shape: TableShape): TableShape {
  const before = shape.before.flatMap((column) =>
    column === "seed" ? ["seed", FOLD_COLUMN] : [column]
  );
  return { ...shape, before };
}

/** Whether the header of a table's text has that column. */
export function isWithFold({ before }: TableShape, text: string): boolean {
  const columns = before.slice(0, before.indexOf("seed") + 1);
  return text.startsWith([...columns, `${FOLD_COLUMN},`].join());
}
