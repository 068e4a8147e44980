import { UserError } from "../../user_error.ts";
import { CsvScanner } from "./csv_scanner.ts";
import type { Dialect, NumberFormat } from "./dialect.ts";
import { POWERS_OF_TEN } from "./parse_decimal.ts";

const SAMPLE_RECORDS = 10_000;
const SAMPLE_CELLS = 200_000;
/** In bytes; longer cells are not numbers with a format. */
const LONGEST = 40;
/** The share of a column's cells that must be numbers, else it says nothing about them. */
const LEAST_NUMBERS = 0.5;

/** Ways to write a number, and what they say about its decimal mark; the first that fits counts. */
const FORMS = [
  ["plain", /^\d+(e[+-]?\d+)?$/i],
  // Three digits after a mark: decimals or thousands.
  ["eitherPoint", /^[1-9]\d{0,2}\.\d{3}$/],
  ["eitherComma", /^[1-9]\d{0,2},\d{3}$/],
  ["point", /^([1-9]\d{0,2}(,\d{3})+\.\d*|[1-9]\d{0,2}(,\d{3}){2,})$/],
  ["comma", /^([1-9]\d{0,2}(\.\d{3})+,\d*|[1-9]\d{0,2}(\.\d{3}){2,})$/],
  ["point", /^(\d+\.\d*|\.\d+)(e[+-]?\d+)?$/i],
  ["comma", /^(\d+,\d*|,\d+)(e[+-]?\d+)?$/i],
] as const;
/** Thousands separators that are no decimal marks. */
const GROUPS = [
  ["'", /^[1-9]\d{0,2}(['\u2019]\d{3})+(?=$|[.,])/],
  [" ", /^[1-9]\d{0,2}([ \u00a0\u202f]\d{3})+(?=$|[.,])/],
] as const;
type Form = typeof FORMS[number][0] | typeof GROUPS[number][0];

/** What a column's numbers look like. */
interface Tally {
  cells: number;
  numbers: number;
  /** The largest number without any mark. */
  largestPlain: number;
  /** For each form that occurs, the line and text of the first. */
  readonly examples: Map<Form, { line: number; text: string }>;
}

/** One number of a column, for messages. */
interface Example {
  readonly column: number;
  readonly line: number;
  readonly text: string;
}

/**
 * Tells how a table's numbers are written, and which thousands separators they have.
 *
 * A mark with other than three digits after it is a decimal mark. `1,234` alone is a thousand in a
 * file of commas, where quotes are needed for it, if the column's other numbers agree.
 *
 * @param dialect With the decimal mark that is written, if any is.
 * @throws {UserError} If numbers disagree, or each could be read in two ways.
 */
export function tellDecimal(
  bytes: Uint8Array,
  dialect: Dialect,
  file: string,
  written?: "." | ",",
): { format: NumberFormat; seen: "" | NumberFormat["thousands"] } {
  const tallies = tallyNumbers(bytes, dialect).filter(({ cells, numbers }) =>
    numbers > 0 && numbers >= LEAST_NUMBERS * cells
  );
  const first = (form: Form): Example | undefined => {
    const column = tallies.findIndex(({ examples }) => examples.has(form));
    const example = tallies[column]?.examples.get(form);
    return example && { column, ...example };
  };
  const fail = (found: string, { line }: Example): never => {
    const wayOut = `write decimal: "." or decimal: ","`;
    const message = `Cannot tell the decimal mark: ${found}; ${wayOut}`;
    throw new UserError({ message, place: { file, line } });
  };

  const failEither = (example: Example, mark: string): never => {
    const [whole, fraction] = example.text.split(mark);
    return fail(`${example.text} could be ${whole}${fraction} or ${whole}.${fraction}`, example);
  };

  const point = first("point");
  const found = first("comma");
  // Between commas, 192.168.100 has no thousands.
  const comma = dialect.separator === "comma" && !found?.text.includes(",") ? undefined : found;
  const [eitherPoint, eitherComma] = [first("eitherPoint"), first("eitherComma")];
  let decimal = written;
  if (!decimal && point && comma) {
    fail(`line ${point.line} has ${point.text}, line ${comma.line} has ${comma.text}`, comma);
  }
  decimal ??= point ? "." : comma ? "," : undefined;
  if (!decimal && eitherComma) {
    const plain = tallies.find(({ examples, largestPlain }) =>
      examples.has("eitherComma") && largestPlain >= 1000
    );
    if (dialect.separator !== "comma" || eitherPoint || plain) {
      failEither(eitherComma, ",");
    }
  }
  // Where commas are decimal marks, files have semicolons, and points between thousands.
  if (!decimal && eitherPoint && dialect.separator === "semicolon") {
    const isGrouped = tallies[eitherPoint.column].largestPlain < 1000;
    if (isGrouped) failEither(eitherPoint, ".");
  }
  decimal ??= ".";
  const grouped = decimal === "." ? eitherComma ?? groupOf(point, ",") : eitherPoint ??
    groupOf(comma, ".");
  const opposite = decimal === "." ? "," : ".";
  const thousands = first("'") ? "'" : first(" ") ? " " : opposite;
  const seen = thousands === opposite && !grouped ? "" : thousands;
  return { format: { decimal, thousands }, seen };
}

function groupOf(example: Example | undefined, mark: string): Example | undefined {
  return example?.text.includes(mark) ? example : undefined;
}

/** What the numbers under the first record look like, for each column. */
function tallyNumbers(bytes: Uint8Array, dialect: Dialect): Tally[] {
  const scanner = new CsvScanner(bytes, dialect);
  const tallies: Tally[] = [];
  scanner.next();
  for (let record = 0, cells = 0; record < SAMPLE_RECORDS && cells < SAMPLE_CELLS; record++) {
    if (!scanner.next()) break;
    cells += scanner.count;
    for (let field = 0; field < scanner.count; field++) {
      const length = scanner.byteLength(field);
      if (length === 0) continue;
      const tally = tallies[field] ??= {
        cells: 0,
        numbers: 0,
        largestPlain: 0,
        examples: new Map(),
      };
      tally.cells++;
      if (length > LONGEST) continue;
      const number = scanner.number(field);
      // Nothing but digits, which say nothing of marks: most cells, so they are not read as text.
      if (isOfDigits(number, length)) {
        tally.numbers++;
        if (number > tally.largestPlain) tally.largestPlain = number;
      } else {
        addNumber(tally, scanner.text(field) ?? "", scanner.line);
      }
    }
  }
  return [...tallies].map((tally) =>
    tally ?? { cells: 0, numbers: 0, largestPlain: 0, examples: new Map() }
  );
}

/** Whether a number was written as that many digits and nothing else; false from 16 digits on. */
function isOfDigits(number: number, digits: number): boolean {
  const isAsLong = number < POWERS_OF_TEN[digits] &&
    (number >= POWERS_OF_TEN[digits - 1] || digits === 1 && number >= 0);
  return isAsLong && Number.isInteger(number);
}

function addNumber(tally: Tally, text: string, line: number): void {
  let bare = text.replace(/^[+-]/, "").replace(/[ \u00a0\u202f]?%$/, "");
  for (const [group, pattern] of GROUPS) {
    const whole = pattern.exec(bare)?.[0];
    if (whole === undefined) continue;
    bare = whole.replaceAll(/\D/g, "") + bare.slice(whole.length);
    if (!tally.examples.has(group)) tally.examples.set(group, { line, text });
  }
  const form = FORMS.find(([, pattern]) => pattern.test(bare))?.[0];
  if (!form) return;
  tally.numbers++;
  if (form === "plain") tally.largestPlain = Math.max(tally.largestPlain, Number(bare));
  else if (!tally.examples.has(form)) tally.examples.set(form, { line, text });
}
