import { nearest } from "../nearest.ts";
import { sha256 } from "../sha256.ts";
import type { Place } from "../user_error.ts";
import { ClassColumn, type ClassEntry } from "./_class_column.ts";
import { ProblemList } from "./_problem_list.ts";
import type { Dataset } from "./dataset.ts";
import { CsvScanner } from "./table/csv_scanner.ts";
import type { TableOptions } from "./table_options.ts";

const MOST_COLUMNS = 2 ** 17;
/** In bytes, of a column's or a class's name. */
const LONGEST_NAME = 10_000;
/** A target with more values is a quantity rather than a class. */
const MOST_CLASSES = 1000;
/** Different texts of one number are one class, but nobody writes a number in a hundred ways. */
const MOST_CLASS_TEXTS = 100 * MOST_CLASSES;
/** How many names a mistyped target is compared with: each takes a microsecond. */
const MOST_CANDIDATES = 10_000;
/** One for each part of the split. */
const FEWEST_ROWS_PER_CLASS = 3;
/** In characters, of a text that a message quotes. */
const LONGEST_QUOTE = 40;
const NOT_FINITE = /^[+-]?(nan|inf|infinity)$/i;

/**
 * Parses a dataset from a CSV file's bytes: a header, then a row per sample, with numbers in all
 * columns except the target, which holds the class as text or number.
 *
 * `file` is its name in messages.
 *
 * @throws {UserError} If the file is invalid, with the first 20 problems and the number of others.
 */
export async function parseDataset(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  { target }: TableOptions,
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
  /** The index of the target among the names. */
  readonly #target: number;
  /** Where the file's header names the target. */
  readonly #targetPlace: Place;
  readonly #classes = new ClassColumn();

  constructor(bytes: Uint8Array, file: string, target: string) {
    this.#bytes = bytes;
    this.#file = file;
    this.#scanner = new CsvScanner(bytes);
    this.#problems = new ProblemList(file);
    this.#names = this.#readHeader();
    this.#target = this.#findTarget(target);
    this.#targetPlace = this.#scanner.place(file, this.#target);
  }

  parse(): Omit<Dataset, "checksum"> {
    const columns = this.#names.length - 1;
    // A valid row has at least a character and a separator per field.
    const rowsByBytes = Math.ceil(this.#bytes.length / (2 * this.#names.length));
    const mostRows = Math.min(this.#scanner.remaining(), rowsByBytes);
    const values = new Float64Array(new SharedArrayBuffer(8 * mostRows * columns));
    const codes = new Int32Array(mostRows);
    let rows = 0;
    let unclassified = 0;
    while (this.#scanner.next()) {
      const isWhole = this.#checkRecord();
      const isNumeric = isWhole && this.#readFeatures(values, rows * columns);
      const code = isWhole ? this.#readClass() : undefined;
      if (code === undefined) unclassified++;
      else if (isNumeric) codes[rows++] = code;
    }
    const { entries, indexOfCode } = this.#classes.classes();
    // If some rows have no class, the counts of the others would be misleading.
    if (unclassified === 0) this.#checkClasses(entries);
    this.#problems.throwIfAny();

    const targets = new Float64Array(new SharedArrayBuffer(8 * rows));
    for (let row = 0; row < rows; row++) targets[row] = indexOfCode[codes[row]];
    const featureNames = this.#names.filter((_, field) => field !== this.#target);
    return {
      task: "classification",
      values: values.subarray(0, rows * columns),
      sources: featureNames.map((name) => ({ name, kind: "number", hasGaps: false })),
      targets,
      rows,
      columns,
      featureNames,
      classes: entries.map((entry) => entry.name),
    };
  }

  #readHeader(): string[] {
    const scanner = this.#scanner;
    if (!scanner.next()) this.#reportLine(1, "File is empty");
    else if (this.#checkQuotes() && scanner.count > MOST_COLUMNS) {
      const header = `a header of ${scanner.count} columns`;
      this.#reportLine(scanner.line, `Cannot use ${header}: the limit is ${MOST_COLUMNS}`);
    }
    this.#problems.throwIfAny();
    const fields = new Map<string, number>();
    const names: string[] = [];
    for (let field = 0; field < scanner.count; field++) {
      const text = this.#readName(field);
      const name = typeof text === "string" ? text : "";
      const earlier = fields.get(name);
      if (typeof text !== "string") {
        this.#reportField(
          field,
          () => `Cannot use the name of column ${field + 1}: it ${text.problem}`,
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

  /** The name of a column or class, or the problem with it. */
  #readName(field: number): string | { problem: string } {
    if (this.#scanner.byteLength(field) > LONGEST_NAME) {
      return { problem: `has more than ${LONGEST_NAME} bytes` };
    }
    return this.#scanner.text(field) ?? { problem: "is not UTF-8 text" };
  }

  #findTarget(target: string): number {
    const field = this.#names.indexOf(target);
    if (field < 0) {
      const near = nearest(target, this.#names.slice(0, MOST_CANDIDATES));
      const hint = near && `did you mean ${quoted(near)}?`;
      this.#reportLine(this.#scanner.line, `Cannot find the target column ${quoted(target)}`, hint);
      // Without the target it is unknown which cells must be numbers.
      this.#problems.throwIfAny();
    }
    if (this.#names.length === 1) this.#reportField(field, () => "No columns besides the target");
    return field;
  }

  #checkQuotes(): boolean {
    const problem = this.#scanner.quoteProblem;
    if (problem) this.#reportField(problem.field, () => problem.message);
    return !problem;
  }

  /** Whether a record has valid quotes and one field per column. */
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
    const text = this.#readName(field);
    if (this.#classes.size > MOST_CLASS_TEXTS) {
      const found = `it has more than ${MOST_CLASS_TEXTS} values`;
      this.#reportTarget(`${found}, the limit is ${MOST_CLASSES} classes`);
      this.#problems.throwIfAny();
    }
    if (typeof text !== "string") {
      this.#reportCell(field, `a class must be UTF-8 text of at most ${LONGEST_NAME} bytes`);
    } else if (text === "" || NOT_FINITE.test(text)) {
      this.#reportCell(field, "a class must be text or a finite number");
    } else {
      return this.#classes.add(text, this.#scanner.line);
    }
    return undefined;
  }

  /**
   * Reads a record's numbers into `values` from index `at` on; returns false if some are invalid.
   */
  #readFeatures(values: Float64Array, at: number): boolean {
    const scanner = this.#scanner;
    let areFinite = true;
    for (let field = 0; field < scanner.count; field++) {
      if (field === this.#target) continue;
      const value = scanner.number(field);
      values[at++] = value;
      if (Number.isFinite(value)) continue;
      areFinite = false;
      this.#reportCell(field, "a feature must be a finite number");
    }
    return areFinite;
  }

  #checkClasses(entries: readonly ClassEntry[]): void {
    const [only] = entries;
    if (entries.length === 0) {
      this.#reportLine(this.#targetPlace.line, "No rows under the header");
    } else if (entries.length === 1) {
      this.#reportTarget(`its only class is ${quoted(only.name)}, but at least 2 are required`);
    } else if (entries.length > MOST_CLASSES) {
      this.#reportTarget(`it has ${entries.length} classes, the limit is ${MOST_CLASSES}`);
    } else {
      for (const { name, rows, line } of entries) {
        if (rows >= FEWEST_ROWS_PER_CLASS) continue;
        const found = `class ${quoted(name)} with ${rows === 1 ? "1 row" : `${rows} rows`}`;
        this.#reportLine(
          line,
          `Cannot use ${found}: at least ${FEWEST_ROWS_PER_CLASS} are required`,
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

  #reportTarget(reason: string): void {
    const message = `Cannot use ${quoted(this.#names[this.#target])} as target: ${reason}`;
    this.#problems.add(() => ({ message, place: this.#targetPlace }));
  }

  #reportField(field: number, describe: () => string): void {
    this.#problems.add(() => ({
      message: describe(),
      place: this.#scanner.place(this.#file, field),
    }));
  }

  #reportLine(line: Place["line"], message: string, hint?: string): void {
    this.#problems.add(() => ({ message, hint, place: { file: this.#file, line } }));
  }
}

/** Quotes a text from the file, escapes control characters and cuts off long texts. */
function quoted(text: string): string {
  return JSON.stringify(text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text);
}
