import { type Place, type Problem, UserError } from "../../user_error.ts";
import { numberOf } from "./_parse_number.ts";
import { CsvScanner } from "./csv_scanner.ts";
import { type Dialect, type Separator, SEPARATORS } from "./dialect.ts";

const SAMPLE_RECORDS = 200;
const SAMPLE_CELLS = 40_000;
/** The share of records that must have the usual number of fields. */
const LEAST_SUPPORT = 0.5;
/** What a separator is worth if it leaves no numbers, beside one that leaves nothing else. */
const WORTH_WITHOUT_NUMBERS = 0.05;
/** What is left of a separator's worth if the first record does not fit. */
const WORTH_WITHOUT_FIRST = 0.5;
/** What is left if each record has words with another separator between them. */
const WORTH_OF_GLUED = 0.2;
/** Two separators are equally likely if their worths differ by less. */
const MARGIN = 0.95;

/** Separators between words, and quotes that begin within a field; each by itself, to stop at the first. */
const GLUE = [
  ...[",", ";", "|", "\t"].map((mark) => between(mark, "(?<=[^\\s,;|])", "(?=[^\\s,;|])")),
  between('"', "(?<=[ \\t])", "(?=\\S)"),
];

/** A way to cut a file's lines, and how well it fits. */
interface Candidate {
  readonly separator: Separator;
  readonly singleQuotes: boolean;
  /** How many fields most records have. */
  readonly fields: number;
  readonly support: number;
  readonly worth: number;
  /** The shares of records that have words with another separator, or a space, between them. */
  readonly glued: ReadonlyMap<string, number>;
  /** The first quote that is wrong. */
  readonly openQuote?: Problem;
  /** True if some numbers have a comma. */
  readonly hasCommas: boolean;
}

/**
 * Tells what separates a file's fields, and whether `'` quotes them: what gives most records the
 * same number of fields, and most cells numbers.
 *
 * @param written The separator, if the experiment or the file says so, and where.
 * @throws {UserError} If two separators fit equally well, or none.
 */
export function tellSeparator(
  bytes: Uint8Array,
  base: Dialect,
  place: Place,
  written?: Separator,
  writtenPlace?: Place,
): Pick<Candidate, "separator" | "singleQuotes" | "fields"> {
  const separators = Object.keys(SEPARATORS) as Separator[];
  const candidate = (separator: Separator) => candidateOf(bytes, { ...base, separator });
  if (written) {
    const found = candidate(written);
    const other = found.fields > 1 ? undefined : separators.map(candidate).find(isLikely);
    if (!other) return found;
    const message =
      `Cannot use separator ${written}: most lines have none, but ${other.separator} ` +
      `gives them ${other.fields} fields`;
    throw new UserError({ message, place: writtenPlace ?? place });
  }
  const all = separators.map(candidate);
  // An open quote takes the rest of the file for one field.
  const open = all.find(({ openQuote }) => openQuote);
  if (open?.openQuote && all.every(({ fields }) => fields <= 1)) {
    throw new UserError({
      ...open.openQuote,
      place: { ...open.openQuote.place, file: place.file },
    });
  }
  const several = all.filter(({ fields }) => fields > 1);
  const fitting = several.filter(({ support }) => support >= LEAST_SUPPORT)
    .sort((a, b) => b.worth - a.worth);
  if (several.length > 0 && fitting.length === 0) {
    const most = "none gives most lines the same number of fields";
    throw new UserError({ message: `Cannot tell the separator: ${most}; ${wayOut()}`, place });
  }
  const [best = all[0], ...others] = fitting.filter((candidate) =>
    !fitting.some((other) => outdoes(other, candidate))
  );
  const rivals = others.filter((other) => isRival(best, other));
  if (rivals.length === 0) return best;
  const names = [best, ...rivals].map(({ separator }) => separator);
  throw new UserError({
    message: `Cannot tell the separator: ${listed(names, "and")} fit equally well; ` +
      `write ${listed(names.map((name) => `separator: ${name}`), "or")}`,
    place,
  });
}

/** Whether a separator gives all records the same number of fields, and more than one. */
function isLikely({ fields, support }: Candidate): boolean {
  return fields > 1 && support === 1;
}

/**
 * Whether a separator stands between the words of nearly all records that another one leaves, and not
 * the other way round: in `0,5;red;1,5`, commas stand in numbers alone.
 */
function outdoes(one: Candidate, other: Candidate): boolean {
  const [mark, otherMark] = [SEPARATORS[one.separator], SEPARATORS[other.separator]];
  return one.separator !== "space" && one.support >= other.support &&
    (other.glued.get(mark) ?? 0) > 0.9 &&
    (one.glued.get(otherMark) ?? 0) < 0.1;
}

/** Whether another separator is as likely as the best one, and gives other fields. */
function isRival(best: Candidate, other: Candidate): boolean {
  if (other.support < best.support) return false;
  // In `Paris 5,3`, the comma could stand before decimals.
  const isDecimal = best.separator === "comma" && best.glued.get(" ") === 1 &&
    other.separator === "space" && !other.glued.has(",") && other.hasCommas;
  if (isDecimal && other.worth >= best.worth / 4) return true;
  if (other.worth < MARGIN * best.worth) return false;
  // Runs of spaces and tabs include single tabs; and words have spaces, but rarely separators.
  const isSame = best.separator === "tab" && other.fields === best.fields;
  const isText = best.worth <= WORTH_WITHOUT_NUMBERS;
  return !(other.separator === "space" && (isSame || isText));
}

function wayOut(): string {
  return `write ${listed(Object.keys(SEPARATORS).map((name) => `separator: ${name}`), "or")}`;
}

function candidateOf(bytes: Uint8Array, dialect: Dialect): Candidate {
  const plain = measured(bytes, dialect);
  if (plain.quotes === 0) return plain;
  const quoted = measured(bytes, { ...dialect, singleQuotes: true });
  return quoted.problems === plain.problems && quoted.support >= plain.support ? quoted : plain;
}

/** How well a dialect fits the first records. */
function measured(
  bytes: Uint8Array,
  dialect: Dialect,
): Candidate & { quotes: number; problems: number } {
  const scanner = new CsvScanner(bytes, dialect);
  const counts: number[] = [];
  /** For each number of fields, how many cells such records have, and how many are numbers. */
  const cells = new Map<number, { all: number; numbers: number }>();
  const glued = new Map<string, number>();
  /** Marks between the words of the current record. */
  const glue = new Set<string>();
  let [quotes, problems, total, gluedRecords] = [0, 0, 0, 0];
  let openQuote: Problem | undefined;
  let hasCommas = false;
  while (counts.length < SAMPLE_RECORDS && total < SAMPLE_CELLS && scanner.next()) {
    if (scanner.quoteProblem && problems++ === 0) {
      const { message, field } = scanner.quoteProblem;
      openQuote = { message, place: scanner.place("", field) };
    }
    const { count } = scanner;
    counts.push(scanner.quoteProblem ? 0 : count);
    total += count;
    for (let field = 0; field < count; field++) if (scanner.startsWith(field, "'")) quotes++;
    if (counts.length === 1) continue;
    const tally = cells.get(count) ?? { all: 0, numbers: 0 };
    glue.clear();
    for (let field = 0; field < count; field++) {
      if (scanner.isEmpty(field)) continue;
      tally.all++;
      if (!Number.isNaN(scanner.number(field))) {
        tally.numbers++;
        continue;
      }
      const text = scanner.lenientText(field);
      if (isCommaNumber(text)) {
        tally.numbers++;
        hasCommas = true;
      } else if (!scanner.isQuoted(field)) {
        for (const { mark, pattern } of GLUE) if (pattern.test(text)) glue.add(mark);
        if (text.includes(" ")) glue.add(" ");
      }
    }
    for (const mark of glue) glued.set(mark, (glued.get(mark) ?? 0) + 1);
    // Words have spaces between them anyway.
    glue.delete(" ");
    if (glue.size > 0) gluedRecords++;
    cells.set(count, tally);
  }
  const fields = commonest(counts);
  // The header can have a field less: R has no name for row names, and lines can end with commas.
  const isShort = counts[0] >= 2 && counts[0] === fields - 1;
  const fitting = counts.filter((count) => count === fields).length + (isShort ? 1 : 0);
  const support = counts.length === 0 ? 0 : fitting / counts.length;
  const { all, numbers } = cells.get(fields) ?? { all: 0, numbers: 0 };
  const isFirst = counts[0] === fields || isShort;
  const under = Math.max(1, counts.length - 1);
  const worth = support * support * (WORTH_WITHOUT_NUMBERS + (all === 0 ? 0 : numbers / all)) *
    (isFirst ? 1 : WORTH_WITHOUT_FIRST) *
    (1 - (1 - WORTH_OF_GLUED) * gluedRecords / under);
  const { separator, singleQuotes } = dialect;
  return {
    ...{ separator, singleQuotes, fields, support, worth, quotes, problems, hasCommas, openQuote },
    glued: new Map([...glued].map(([mark, records]) => [mark, records / under])),
  };
}

function between(mark: string, before: string, after: string) {
  return { mark, pattern: new RegExp(`${before}[${mark}]${after}`) };
}

/** Whether a text is a number with a decimal comma. */
function isCommaNumber(text: string): boolean {
  return /^[+-]?[\d,][\d.' \u00a0\u202f]*,\d+ ?%?$/.test(text) &&
    !Number.isNaN(numberOf(text, { decimal: ",", thousands: "." }));
}

/** The commonest number of fields; of several, the one that comes first. */
function commonest(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) if (count > 0) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].reduce((best, entry) => entry[1] > best[1] ? entry : best, [1, 0])[0];
}

/** A list in words. */
function listed(words: readonly string[], last: "and" | "or"): string {
  return words.length < 2
    ? words.join()
    : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}
