import type { ColumnFacts, LookAlikes, ValueCount } from "../dataset/table_facts.ts";
import { formatCount } from "../format_number.ts";

/** In characters, of a text from the table. */
const LONGEST_SHOWN = 30;
/** What texts from a table are listed at most. */
const MOST_LISTED = 10;

/** A text from a table, in quotes, not too long. */
export function shown(text: string): string {
  const short = text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
  return JSON.stringify(short);
}

/** `setosa 50, versicolor 50 and 3 more`: values with their rows. */
export function describeCounts(values: readonly ValueCount[], most = MOST_LISTED): string {
  const listed = values.slice(0, most).map(({ name, rows }) => {
    return `${plain(name)} ${formatCount(rows)}`;
  });
  const more = values.length - listed.length;
  return `${listed.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
}

/** Why a column is not a feature: `id (it counts in steps of 1, from 1)`. */
export function describeDropped({ name, type, why }: ColumnFacts): string {
  return `${plain(name)} (${why ?? type})`;
}

/** `"Yes" and "yes" of column "y" look alike`, with what to do. */
export function describeLookAlikes({ column, values }: LookAlikes): string {
  const listed = values.map(shown);
  const last = listed.pop();
  return `${listed.join(", ")} and ${last} in ${shown(column)} are different values: ` +
    "make them one in the file if they are the same";
}

/** What to look at in a column that is used as it is. */
export function describeWarning({ name, warning }: ColumnFacts): string {
  return `${shown(name)}: ${warning}; if it numbers the rows, write drop: [${plain(name)}]`;
}

/** A name in a list, in quotes where its end is not plain to see. */
export function plain(name: string): string {
  return /^[\p{L}\p{N}_.<>=+/%-]+( [\p{L}\p{N}_.<>=+/%-]+)*$/u.test(name) &&
      name.length <= LONGEST_SHOWN
    ? name
    : shown(name);
}
