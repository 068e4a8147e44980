import type { TableRow } from "../results/table_row.ts";
import { UserError } from "../user_error.ts";

/**
 * A text from a field as one of the words allowed there.
 *
 * @throws {UserError} If it is none of them.
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
