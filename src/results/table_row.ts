import type { HyperparameterValue } from "../trainers/hyperparameter.ts";
import { type Place, UserError } from "../user_error.ts";
import { parseValue } from "./parse_value.ts";

/** The positions of a table's columns in a line. */
export interface TableColumns {
  readonly fieldOf: ReadonlyMap<string, number>;
  /** The field of each swept key, in the order of the columns. */
  readonly sweptFields: readonly (readonly [key: string, field: number])[];
  /** Columns of measures. */
  readonly measures: readonly string[];
}

/** One line of a CSV file that a sweep wrote. Methods take column names from its header. */
export class TableRow {
  readonly place: Place;
  readonly #columns: TableColumns;
  readonly #record: readonly string[];

  constructor(columns: TableColumns, record: readonly string[], place: Place) {
    this.#columns = columns;
    this.#record = record;
    this.place = place;
  }

  text(column: string): string {
    return this.#record[this.#columns.fieldOf.get(column) ?? -1];
  }

  /**
   * A field as a number; NaN and infinities are `NaN`, `Infinity` and `-Infinity`.
   *
   * @throws {UserError} If the field is not a number.
   */
  number(column: string): number {
    const text = this.text(column);
    const number = Number(text);
    if (text.trim() !== "" && (!Number.isNaN(number) || text === "NaN")) return number;
    const message = `Cannot use "${text}" as ${column}: it is not a number`;
    throw new UserError({ message, place: this.place });
  }

  /**
   * A field as a count, a seed or the like.
   *
   * @throws {UserError} If the field is not an integer of at least 0.
   */
  count(column: string): number {
    const text = this.text(column);
    const number = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
    const message = `Cannot use "${text}" as ${column}: it must be an integer of at least 0`;
    throw new UserError({ message, place: this.place });
  }

  /** As `number()`; `undefined` if the field is empty. */
  optionalNumber(column: string): number | undefined {
    return this.text(column) === "" ? undefined : this.number(column);
  }

  /** Several fields as numbers, by column. */
  numbers<Column extends string>(columns: readonly Column[]): Record<Column, number> {
    const numbers: Partial<Record<Column, number>> = {};
    for (const column of columns) numbers[column] = this.number(column);
    return numbers as Record<Column, number>;
  }

  /**
   * The given fixed columns and all measures, by column. A measure that only some trainers have is
   * left out if its field is empty.
   */
  measures(...fixed: string[]): Record<string, number> {
    const own = this.#columns.measures.filter((column) => this.text(column) !== "");
    return this.numbers([...fixed, ...own]);
  }

  /** As `measures()`, without fixed columns and by their columns without a prefix. */
  measuresWithout(prefix: string): Record<string, number> {
    const measures = Object.entries(this.measures());
    return Object.fromEntries(
      measures.map(([column, value]) => [column.slice(prefix.length), value]),
    );
  }

  /** As `measuresWithout()`, with the given fixed columns first; fields can be empty. */
  optionalMeasures(prefix: string, ...fixed: string[]): Record<string, number | undefined> {
    return Object.fromEntries(
      [...fixed, ...this.#columns.measures].map((column) => [
        column.slice(prefix.length),
        this.optionalNumber(column),
      ]),
    );
  }

  /** Hyperparameters by swept key, in the order of the columns. */
  values(): Record<string, HyperparameterValue> {
    return Object.fromEntries(
      this.#columns.sweptFields.map(([key, field]) => [key, parseValue(this.#record[field])]),
    );
  }
}
