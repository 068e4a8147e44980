import { decimalOf } from "../table/parse_decimal.ts";

/** A class of the target column, or a category of another. */
export interface ClassEntry {
  readonly name: string;
  readonly rows: number;
  /** The line of the file where it first appears. */
  readonly line: number;
}

/** The values of a column, and for each code the index of its value. */
export interface Classes {
  readonly entries: readonly ClassEntry[];
  readonly indexOfCode: Int32Array;
}

/** Collects the texts of a column and groups them into classes. */
export class ClassColumn {
  readonly #codes = new Map<string, number>();
  readonly #lines: number[] = [];
  readonly #rows: number[] = [];

  /** The number of different texts. */
  get size(): number {
    return this.#codes.size;
  }

  /** The different texts, in the order in which they came. */
  get texts(): readonly string[] {
    return [...this.#codes.keys()];
  }

  /**
   * Adds the text of one row and returns its code: 0 for the first text, 1 for the next new one.
   */
  add(text: string, line: number): number {
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.#codes.size;
      this.#codes.set(text, code);
      this.#lines.push(line);
      this.#rows.push(0);
    }
    this.#rows[code]++;
    return code;
  }

  /** The code of a text; undefined if it was not added. */
  codeOf(text: string): number | undefined {
    return this.#codes.get(text);
  }

  /** The texts with how often each was added, the most frequent first. */
  counts(): ClassEntry[] {
    return this.texts.map((name, code) => ({
      name,
      rows: this.#rows[code],
      line: this.#lines[code],
    })).sort((a, b) => b.rows - a.rows || a.line - b.line);
  }

  /**
   * The classes, and for each code the index of its class. Classes are sorted as numbers if all are
   * numbers, else by code unit.
   *
   * Texts of the same number, such as `1` and `1.0`, are one class, named by the number's shortest
   * form.
   */
  classes(): Classes {
    const texts = this.texts;
    const numbers = texts.map(decimalOf);
    // Larger integers are compared as text: as doubles, different ones could be equal.
    const areNumbers = numbers.every((number) => Math.abs(number) <= Number.MAX_SAFE_INTEGER);
    const nameOfCode = areNumbers ? numbers.map(String) : texts;
    const names = [...new Set(nameOfCode)].sort(areNumbers ? byNumber : byCodeUnit);
    const index = new Map(names.map((name, position) => [name, position]));
    const indexOfCode = Int32Array.from(nameOfCode, (name) => index.get(name) ?? -1);
    const entries = names.map((name) => ({ name, rows: 0, line: Infinity }));
    indexOfCode.forEach((position, code) => {
      const entry = entries[position];
      entry.rows += this.#rows[code];
      entry.line = Math.min(entry.line, this.#lines[code]);
    });
    return { entries, indexOfCode };
  }
}

function byNumber(a: string, b: string): number {
  return Number(a) - Number(b);
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
