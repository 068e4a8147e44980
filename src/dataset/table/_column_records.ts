import type { Place } from "../../user_error.ts";
import { decimalOf } from "./parse_decimal.ts";
import type { Records } from "./reading.ts";

/** A column's cells: numbers with NaN for missing ones, or texts with `undefined` for those. */
export type StoredColumn = Float64Array | readonly (string | undefined)[];

/** Of more digits than every double has. */
const LARGE_INTEGER = /^-?\d{16,}$/;

/** A pass over columns in memory, with the surface of `CsvScanner`; its lines are row numbers. */
export class ColumnRecords implements Records {
  line = 0;
  readonly count: number;
  readonly quoteProblem = undefined;
  readonly skipped = 0;
  readonly #columns: readonly StoredColumn[];
  readonly #rows: number;

  constructor(columns: readonly StoredColumn[], rows: number) {
    this.#columns = columns;
    this.count = columns.length;
    this.#rows = rows;
  }

  next(): boolean {
    if (this.line >= this.#rows) return false;
    this.line++;
    return true;
  }

  isEmpty(field: number): boolean {
    return this.lenientText(field) === "";
  }

  isPercent(): boolean {
    return false;
  }

  byteLength(field: number): number {
    return new TextEncoder().encode(this.lenientText(field)).length;
  }

  number(field: number): number {
    const cell = this.#columns[field][this.line - 1];
    if (typeof cell === "number") return cell;
    const number = decimalOf(cell ?? "");
    // Rounded, an identifier would be another one.
    return LARGE_INTEGER.test(cell ?? "") && !Number.isSafeInteger(number) ? NaN : number;
  }

  text(field: number): string {
    return this.lenientText(field);
  }

  lenientText(field: number): string {
    const cell = this.#columns[field][this.line - 1];
    return typeof cell === "number" ? numberText(cell) : cell ?? "";
  }

  place(file: string): Place {
    return { file, line: this.line };
  }
}

/** A number as a cell has it; "" if it is missing. */
export function numberText(number: number): string {
  return Number.isNaN(number) ? "" : String(number);
}
