import { type Place, UserError } from "../../user_error.ts";
import { numberOf } from "./_parse_number.ts";
import { CsvScanner } from "./csv_scanner.ts";
import { type Dialect, type Separator, SEPARATORS } from "./dialect.ts";

const SAMPLE_RECORDS = 200;
const SAMPLE_CELLS = 40_000;
/** The share of records that must have the usual number of fields. */
const LEAST_SUPPORT = 0.5;
/** What a separator is worth if it leaves no numbers, beside one that leaves nothing else. */
const WORTH_WITHOUT_NUMBERS = 0.05;
/** Two separators are equally likely if their worths differ by less. */
const MARGIN = 0.95;

/** A way to cut a file's lines, and how well it fits. */
interface Candidate {
  readonly separator: Separator;
  readonly singleQuotes: boolean;
  /** How many fields most records have. */
  readonly fields: number;
  readonly support: number;
  readonly worth: number;
}

/**
 * Tells what separates a file's fields, and whether `'` quotes them: what gives most records the
 * same number of fields, and most cells numbers.
 *
 * @param written The separator, if the experiment has it.
 * @throws {UserError} If two separators fit equally well, or none.
 */
export function tellSeparator(
  bytes: Uint8Array,
  base: Dialect,
  place: Place,
  written?: Separator,
): Pick<Candidate, "separator" | "singleQuotes" | "fields"> {
  const separators = written ? [written] : Object.keys(SEPARATORS) as Separator[];
  const all = separators.map((separator) => candidateOf(bytes, { ...base, separator }));
  if (written) return all[0];
  const several = all.filter(({ fields }) => fields > 1);
  const fitting = several.filter(({ support }) => support >= LEAST_SUPPORT)
    .sort((a, b) => b.worth - a.worth);
  if (several.length > 0 && fitting.length === 0) {
    const most = "none gives most lines the same number of fields";
    throw new UserError({ message: `Cannot tell the separator: ${most}; ${wayOut()}`, place });
  }
  const [best = all[0], ...others] = fitting;
  const rivals = others.filter((other) => isRival(best, other));
  if (rivals.length === 0) return best;
  const names = [best, ...rivals].map(({ separator }) => separator);
  throw new UserError({
    message: `Cannot tell the separator: ${listed(names, "and")} fit equally well; ` +
      `write ${listed(names.map((name) => `separator: ${name}`), "or")}`,
    place,
  });
}

/** Whether another separator is as likely as the best one, and gives other fields. */
function isRival(best: Candidate, other: Candidate): boolean {
  if (other.worth < MARGIN * best.worth || other.support < best.support) return false;
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
  let [quotes, problems, total] = [0, 0, 0];
  while (counts.length < SAMPLE_RECORDS && total < SAMPLE_CELLS && scanner.next()) {
    if (scanner.quoteProblem) problems++;
    const { count } = scanner;
    counts.push(scanner.quoteProblem ? 0 : count);
    total += count;
    for (let field = 0; field < count; field++) if (scanner.startsWith(field, "'")) quotes++;
    if (counts.length === 1) continue;
    const tally = cells.get(count) ?? { all: 0, numbers: 0 };
    for (let field = 0; field < count; field++) {
      if (scanner.isEmpty(field)) continue;
      tally.all++;
      if (isNumber(scanner, field)) tally.numbers++;
    }
    cells.set(count, tally);
  }
  const fields = commonest(counts);
  // The header can have a field less: R has no name for row names, and lines can end with commas.
  const isShort = counts[0] >= 2 && counts[0] === fields - 1;
  const fitting = counts.filter((count) => count === fields).length + (isShort ? 1 : 0);
  const support = counts.length === 0 ? 0 : fitting / counts.length;
  const { all, numbers } = cells.get(fields) ?? { all: 0, numbers: 0 };
  const worth = support ** 2 * (WORTH_WITHOUT_NUMBERS + (all === 0 ? 0 : numbers / all));
  const { separator, singleQuotes } = dialect;
  return { separator, singleQuotes, fields, support, worth, quotes, problems };
}

/** Whether a field is a number, whatever its decimal mark. */
function isNumber(scanner: CsvScanner, field: number): boolean {
  if (!Number.isNaN(scanner.number(field))) return true;
  const text = scanner.text(field) ?? "";
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
