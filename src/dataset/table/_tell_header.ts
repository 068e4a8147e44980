/** What is no value, in most tables. */
const MISSING = /^(|\?|-+|\.|n\/?a|nan|null|none)$/i;
/** The share of a column's cells that must be numbers, so that a word above them is its name. */
const LEAST_NUMBERS = 0.8;
/** Numbers in steps, such as 0, 1, 2, …, are names from so many on. */
const FEWEST_STEPS = 6;
const FEWEST_STEPS_BESIDE_NAMES = 3;
/** Names must outnumber values so many times, where a first record has both. */
const CLEARLY = 3;

export type HeaderVerdict = "names" | "values" | "unclear" | "neither";

/**
 * Tells whether a table's first record names the columns or is a row of values like those below.
 *
 * A word above numbers is a name; a number above numbers of its size, or a word that is repeated
 * below, is a value. `neither` if nothing speaks for one of the two.
 *
 * @param rows The records below, as texts.
 */
export function tellHeader(
  first: readonly string[],
  rows: readonly (readonly string[])[],
  numberOf: (text: string) => number,
): HeaderVerdict {
  if (rows.length === 0) {
    const numbers = first.filter((text) => !Number.isNaN(numberOf(text))).length;
    return 2 * numbers > first.length ? "values" : "neither";
  }
  let [names, values, repeated] = [0, 0, 0];
  const sequence: number[] = [];
  let strange = 0;
  const valueOf = cellReader(numberOf);
  first.forEach((text, column) => {
    const number = valueOf(text);
    if (number === undefined) return;
    const below = cellsBelow(rows, column, valueOf);
    if (below.cells === 0) return;
    if (below.numbers < LEAST_NUMBERS * below.cells) {
      if (rows.some((row) => row[column] === text)) repeated++;
    } else if (Number.isNaN(number)) {
      names++;
    } else {
      sequence.push(number);
      if (isLike(number, below)) values++;
      else strange++;
    }
  });
  if (repeated === 0 && isInSteps(sequence)) {
    if (names > 0 || sequence.length >= FEWEST_STEPS) return "names";
    return "unclear";
  }
  if (names > 0) return names >= CLEARLY * (values + repeated) ? "names" : "unclear";
  if (values + repeated > 0) return "values";
  return strange > 0 ? "unclear" : "neither";
}

/** What is in a column under the first record. */
interface CellsBelow {
  /** Cells that are not missing. */
  readonly cells: number;
  /** Those that are numbers, the least of them and the largest. */
  readonly numbers: number;
  readonly least: number;
  readonly most: number;
}

function cellsBelow(
  rows: readonly (readonly string[])[],
  column: number,
  valueOf: (text: string) => number | undefined,
): CellsBelow {
  let [cells, numbers, least, most] = [0, 0, Infinity, -Infinity];
  for (const row of rows) {
    const value = valueOf(row[column] ?? "");
    if (value === undefined) continue;
    cells++;
    if (Number.isNaN(value)) continue;
    numbers++;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { cells, numbers, least, most };
}

/**
 * Gives a function from a cell's text to its number: undefined if it is missing, NaN if it is a word.
 * It keeps what it found, since tables have the same texts over and over.
 */
function cellReader(numberOf: (text: string) => number): (text: string) => number | undefined {
  const known = new Map<string, number | undefined>();
  return (text) => {
    const value = known.get(text);
    if (value !== undefined || known.has(text)) return value;
    const read = MISSING.test(text) ? undefined : numberOf(text);
    known.set(text, read);
    return read;
  };
}

/** Whether a number is not far outside of the others' range. */
function isLike(number: number, { least, most }: CellsBelow): boolean {
  const range = most - least || Math.abs(most) || 1;
  return number >= least - range && number <= most + range;
}

/** Whether numbers go up by the same step, as pandas numbers columns and as spectra have them. */
function isInSteps(numbers: readonly number[]): boolean {
  if (numbers.length < FEWEST_STEPS_BESIDE_NAMES) return false;
  const step = numbers[1] - numbers[0];
  return step > 0 && numbers.slice(1).every((number, index) =>
    // Rounded to the digits that somebody wrote.
    Math.abs(number - numbers[index] - step) <= 1e-6 * Math.abs(number)
  );
}
