import { quoted } from "../dataset/quote.ts";
import type { ColumnFacts, LookAlikes, ValueCount } from "../dataset/table_facts.ts";
import { countOf, formatCount } from "../format_number.ts";
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

/** Why rows can be left out, to follow how many there are. */
const DROP_REASONS: Readonly<Record<string, string>> = {
  missingTarget: "without a target",
  gaps: "with a missing cell",
  rareClass: "of a rare class",
};

/** Rows that are left out, by the reason: `3 rows without a target`. */
export function describeDroppedRows(droppedRows: Readonly<Record<string, number>>): string[] {
  return Object.entries(droppedRows).filter(([, rows]) => rows > 0)
    .map(([reason, rows]) => `${countOf(rows, "row")} ${DROP_REASONS[reason] ?? reason}`);
}

/** `"Yes" and "yes" in "answer" are different values`, and what to do about it. */
export function describeLookAlikes({ column, values }: LookAlikes): string {
  return `${listWords(values.map(quoted), "and")} in ${quoted(column)} are different values: ` +
    "make them one in the file if they are the same";
}

/** What to look at in a column that is used as it is. */
export function describeWarning({ name, warning }: ColumnFacts): string {
  return `${quoted(name)}: ${warning}; if it identifies rows, write drop: [${plain(name)}]`;
}

/** A name in a list, in quotes where its end is not plain to see. */
export function plain(name: string): string {
  return /^[\p{L}\p{N}_.<>=+/%-]+( [\p{L}\p{N}_.<>=+/%-]+)*$/u.test(name) &&
      name.length <= LONGEST_PLAIN
    ? name
    : quoted(name);
}
