import { formatValue } from "../../trainers/format_value.ts";
import type { Field, TableColumn } from "./cell_table.ts";

/**
 * Sorts row numbers by a column: numbers by size, before words by letter. Rows without a field come
 * last either way, and equal rows keep their order.
 */
export function sortRows(
  rows: readonly number[],
  { fields, ranks }: TableColumn,
  { isDescending }: { readonly isDescending: boolean },
): number[] {
  const keys: readonly Field[] = ranks ?? fields;
  const sign = isDescending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [keys[a], keys[b]];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right);
  });
}

function compare(a: NonNullable<Field>, b: NonNullable<Field>): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "number" || typeof b === "number") return typeof a === "number" ? -1 : 1;
  const [left, right] = [formatValue(a), formatValue(b)];
  // By number within words, so that [32, 32] comes before [128].
  return left.localeCompare(right, "en", { numeric: true });
}
