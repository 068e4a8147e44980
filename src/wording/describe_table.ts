import { quoted } from "../dataset/quote.ts";
import type { ColumnFacts, LookAlikes, ValueCount } from "../dataset/table_facts.ts";
import { formatCount } from "../format_number.ts";
import { listSome, listWords } from "../list_words.ts";

/** In characters, of a name without quotes. */
const LONGEST_PLAIN = 30;
/** What texts from a table are listed at most. */
const MOST_LISTED = 10;

/** `setosa 50, versicolor 50 and 3 more`: values with their rows. */
export function describeCounts(values: readonly ValueCount[], most = MOST_LISTED): string {
  return listSome(values.map(({ name, rows }) => `${plain(name)} ${formatCount(rows)}`), most);
}

/** Why a column is not a feature: `id (it counts in steps of 1, from 1)`. */
export function describeDropped({ name, type, why }: ColumnFacts): string {
  return `${plain(name)} (${why ?? type})`;
}

/** `"Yes" and "yes" of column "y" look alike`, with what to do. */
export function describeLookAlikes({ column, values }: LookAlikes): string {
  return `${listWords(values.map(quoted), "and")} in ${quoted(column)} are different values: ` +
    "make them one in the file if they are the same";
}

/** What to look at in a column that is used as it is. */
export function describeWarning({ name, warning }: ColumnFacts): string {
  return `${quoted(name)}: ${warning}; if it numbers the rows, write drop: [${plain(name)}]`;
}

/** A name in a list, in quotes where its end is not plain to see. */
export function plain(name: string): string {
  return /^[\p{L}\p{N}_.<>=+/%-]+( [\p{L}\p{N}_.<>=+/%-]+)*$/u.test(name) &&
      name.length <= LONGEST_PLAIN
    ? name
    : quoted(name);
}
