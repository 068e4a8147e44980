import { numberText, type StoredColumn } from "./_column_records.ts";
import { decimalOf } from "./parse_decimal.ts";

/** Collects the pieces of one column: as numbers, or as texts if some are none. */
export class ColumnStore {
  readonly #numbers: Float64Array;
  readonly #scale: number | undefined;
  #texts: (string | undefined)[] | undefined;

  /** @param scale The number of decimals, if cells are integers that stand for decimal numbers. */
  constructor(rows: number, scale?: number) {
    this.#numbers = new Float64Array(rows).fill(NaN);
    this.#scale = scale;
  }

  add(values: ArrayLike<unknown>, start: number): void {
    for (let index = 0; index < values.length; index++) {
      const value = values[index];
      if (value === null || value === undefined) continue;
      if (this.#scale === undefined) this.#set(start + index, value);
      else this.#numbers[start + index] = decimalOf(decimalText(integerOf(value), this.#scale));
    }
  }

  column(): StoredColumn {
    return this.#texts ?? this.#numbers;
  }

  #set(row: number, value: unknown): void {
    if (this.#texts) {
      this.#texts[row] = textOf(value);
    } else if (typeof value === "number") {
      this.#numbers[row] = value;
    } else if (typeof value === "bigint" && BigInt(Number(value)) === value) {
      this.#numbers[row] = Number(value);
    } else {
      // From here on it is a column of texts: those of its numbers are exact so far.
      this.#texts = Array.from(this.#numbers, numberText);
      this.#texts[row] = textOf(value);
    }
  }
}

/** A cell as a file of text would have it: integers exactly. */
function textOf(value: unknown): string {
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : String(value);
}

/** The integer of a decimal cell; of bytes, the first is the most significant. */
function integerOf(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (!(value instanceof Uint8Array)) return BigInt(Number(value));
  const unsigned = value.reduce((sum, byte) => 256n * sum + BigInt(byte), 0n);
  return BigInt.asIntN(8 * value.length, unsigned);
}

function decimalText(integer: bigint, scale: number): string {
  return `${integer}e${-scale}`;
}
