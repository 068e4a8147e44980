import { nearest } from "../nearest.ts";
import { sha256 } from "../sha256.ts";
import { ClassColumn, type ClassEntry } from "./_class_column.ts";
import { CsvScanner } from "./_csv_scanner.ts";
import { ProblemList } from "./_problem_list.ts";
import type { Dataset } from "./dataset.ts";

/** A target of more values is no class but a quantity. */
const MOST_CLASSES = 1000;
/** One for each part of the split. */
const FEWEST_ROWS_PER_CLASS = 3;
/** In characters, of a cell that a message quotes. */
const LONGEST_QUOTE = 40;
const NOT_FINITE = /^[+-]?(nan|inf|infinity)$/i;

/**
 * Makes a dataset of a CSV file's bytes: a header, then a row per sample with numbers in all columns
 * but `target`, which holds the class as text or number.
 *
 * `file` is what messages call it.
 *
 * @throws {UserError} If the file is wrong: all that is, the first 20 problems in full.
 */
export async function parseDataset(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  target: string,
): Promise<Dataset> {
  const checksum = sha256(bytes);
  const table = new DatasetParser(bytes, file, target).parse();
  return { ...table, checksum: await checksum };
}

class DatasetParser {
  readonly #bytes: Uint8Array;
  readonly #file: string;
  readonly #scanner: CsvScanner;
  readonly #problems: ProblemList;
  readonly #names: readonly string[];
  /** The target's place among the names. */
  readonly #target: number;
  readonly #classes = new ClassColumn();

  constructor(bytes: Uint8Array, file: string, target: string) {
    this.#bytes = bytes;
    this.#file = file;
    this.#scanner = new CsvScanner(bytes);
    this.#problems = new ProblemList(file);
    this.#names = this.#readHeader();
    this.#target = this.#findTarget(target);
  }

  parse(): Omit<Dataset, "checksum"> {
    const columns = this.#names.length - 1;
    // A good row has at least a character and a separator per field.
    const rowsByBytes = Math.ceil(this.#bytes.length / (2 * this.#names.length));
    const mostRows = Math.min(this.#scanner.remaining(), rowsByBytes);
    const features = new Float64Array(new SharedArrayBuffer(8 * mostRows * columns));
    const codes = new Int32Array(mostRows);
    let rows = 0;
    let unclassified = 0;
    while (this.#scanner.next()) {
      const isWhole = this.#checkRecord();
      const isNumeric = isWhole && this.#readFeatures(features, rows * columns);
      const code = isWhole ? this.#readClass() : undefined;
      if (code === undefined) unclassified++;
      else if (isNumeric) codes[rows++] = code;
    }
    const { entries, indexOfCode } = this.#classes.classes();
    // Where some rows have no class, counts of the others would mislead.
    if (unclassified === 0) this.#checkClasses(entries);
    this.#problems.throwIfAny();

    const labels = new Int32Array(new SharedArrayBuffer(4 * rows));
    for (let row = 0; row < rows; row++) labels[row] = indexOfCode[codes[row]];
    return {
      features: features.subarray(0, rows * columns),
      labels,
      rows,
      columns,
      featureNames: this.#names.filter((_, field) => field !== this.#target),
      classes: entries.map((entry) => entry.name),
    };
  }

  #readHeader(): string[] {
    const scanner = this.#scanner;
    if (!scanner.next()) this.#reportLine(undefined, "File is empty");
    else this.#checkQuotes();
    this.#problems.throwIfAny();
    const fields = new Map<string, number>();
    const names: string[] = [];
    for (let field = 0; field < scanner.count; field++) {
      const name = scanner.text(field) ?? "";
      const earlier = fields.get(name);
      if (scanner.text(field) === undefined) {
        this.#reportField(
          field,
          () => `Cannot use the name of column ${field + 1}: it is not UTF-8 text`,
        );
      } else if (name === "") {
        this.#reportField(field, () => `Column ${field + 1} has no name`);
      } else if (earlier !== undefined) {
        this.#reportField(
          field,
          () => `Columns ${earlier + 1} and ${field + 1} are both ${quoted(name)}`,
        );
      } else {
        fields.set(name, field);
      }
      names.push(name);
    }
    return names;
  }

  #findTarget(target: string): number {
    const field = this.#names.indexOf(target);
    if (field < 0) {
      const near = nearest(target, this.#names);
      const hint = near && `did you mean ${quoted(near)}?`;
      this.#reportLine(this.#scanner.line, `Cannot find the target column ${quoted(target)}`, hint);
      // Without it there is no telling which cells have to be numbers.
      this.#problems.throwIfAny();
    }
    if (this.#names.length === 1) this.#reportField(field, () => "No column beside the target");
    return field;
  }

  #checkQuotes(): boolean {
    const problem = this.#scanner.quoteProblem;
    if (problem) this.#reportField(problem.field, () => problem.message);
    return !problem;
  }

  /** Whether a record has a field for each column, so that they can be read. */
  #checkRecord(): boolean {
    if (!this.#checkQuotes()) return false;
    const { count, line } = this.#scanner;
    if (count === this.#names.length) return true;
    const fields = count === 1 ? "1 field" : `${count} fields`;
    this.#reportLine(line, `Cannot use a row of ${fields}: the header has ${this.#names.length}`);
    return false;
  }

  /** The code of a record's class. */
  #readClass(): number | undefined {
    const field = this.#target;
    const text = this.#scanner.text(field);
    if (text === undefined) {
      this.#reportCell(field, "a class must be UTF-8 text");
    } else if (text === "" || NOT_FINITE.test(text)) {
      this.#reportCell(field, "a class must be a text or a finite number");
    } else {
      return this.#classes.add(text, this.#scanner.line);
    }
    return undefined;
  }

  /** Reads a record's numbers into `features` from index `at` on; false if some are wrong. */
  #readFeatures(features: Float64Array, at: number): boolean {
    const scanner = this.#scanner;
    let areFinite = true;
    for (let field = 0; field < scanner.count; field++) {
      if (field === this.#target) continue;
      const value = scanner.number(field);
      features[at++] = value;
      if (Number.isFinite(value)) continue;
      areFinite = false;
      this.#reportCell(field, "a feature must be a finite number");
    }
    return areFinite;
  }

  #checkClasses(entries: readonly ClassEntry[]): void {
    const [only] = entries;
    const target = `Cannot use ${quoted(this.#names[this.#target])} as target`;
    if (entries.length === 0) {
      this.#reportLine(undefined, "No rows under the header");
    } else if (entries.length === 1) {
      const found = `its only class is ${quoted(only.name)}`;
      this.#reportLine(undefined, `${target}: ${found}, there must be 2 or more`);
    } else if (entries.length > MOST_CLASSES) {
      const found = `it has ${entries.length} classes`;
      this.#reportLine(undefined, `${target}: ${found}, there may be ${MOST_CLASSES}`);
    } else {
      for (const { name, rows, line } of entries) {
        if (rows >= FEWEST_ROWS_PER_CLASS) continue;
        const found = `class ${quoted(name)} of ${rows === 1 ? "1 row" : `${rows} rows`}`;
        this.#reportLine(
          line,
          `Cannot use ${found}: there must be ${FEWEST_ROWS_PER_CLASS} or more`,
        );
      }
    }
  }

  #reportCell(field: number, requirement: string): void {
    this.#reportField(field, () => {
      const column = quoted(this.#names[field]);
      if (this.#scanner.isEmpty(field)) return `Empty cell in column ${column}`;
      const text = quoted(this.#scanner.lenientText(field));
      return `Cannot use ${text} in column ${column}: ${requirement}`;
    });
  }

  #reportField(field: number, describe: () => string): void {
    this.#problems.add(() => ({
      message: describe(),
      place: this.#scanner.place(this.#file, field),
    }));
  }

  #reportLine(line: number | undefined, message: string, hint?: string): void {
    this.#problems.add(() => ({ message, hint, place: { file: this.#file, line } }));
  }
}

/** A text of the file in quotes, with control characters escaped and not at any length. */
function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
