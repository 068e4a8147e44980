import type { TableRow } from "../results/table_row.ts";
import { UserError } from "../user_error.ts";

/**
 * Checks that a field's text is one of the allowed words.
 *
 * @throws {UserError} If it is not.
 */
export function wordIn<Word extends string>(
  text: string,
  words: readonly Word[],
  { row, column }: { readonly row: TableRow; readonly column: string },
): Word {
  const word = words.find((word) => word === text);
  if (word !== undefined) return word;
  const message = `Cannot use "${text}" as ${column}: it must be one of ${words.join(", ")}`;
  throw new UserError({ message, place: row.place });
}
