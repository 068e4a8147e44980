import type { ColumnSurvey } from "./column_survey.ts";
import { type ColumnReader, type FilledTable, sharedFloats } from "./fill_table.ts";

/**
 * Keeps the numbers of a table while its columns are surveyed, as long as nothing but numbers is found
 * beside the target: such a table needs no second pass.
 */
export class KeptNumbers {
  /** False as soon as a cell is a word. */
  isOpen: boolean;
  readonly #width: number;
  readonly #target: number;
  #values: Float64Array<SharedArrayBuffer>;
  #targets: Float64Array<SharedArrayBuffer>;
  #codes: Int32Array;
  #cells = 0;
  #rows = 0;

  /**
   * @param columns With the target.
   * @param mostRows 0 if that is unknown: nothing is kept then.
   */
  constructor(columns: number, target: number, mostRows: number) {
    this.#width = columns - 1;
    this.#target = target;
    this.isOpen = mostRows > 0 && columns > 1;
    this.#values = sharedFloats(this.isOpen ? mostRows * this.#width : 0);
    this.#targets = sharedFloats(this.isOpen ? mostRows : 0);
    this.#codes = new Int32Array(this.isOpen ? mostRows : 0);
  }

  /** Adds a cell, after the one before it in the table. */
  add(number: number, field: number, survey: ColumnSurvey): void {
    if (field === this.#target) {
      this.#codes[this.#rows] = survey.lastCode;
      this.#targets[this.#rows++] = number;
    } else {
      this.#values[this.#cells++] = number;
      if (Number.isNaN(number) && survey.words > 0) this.#close();
    }
  }

  /**
   * The table, if all of these features are numbers that were kept.
   *
   * @param target Each row has one.
   */
  table(features: readonly ColumnReader[], target: ColumnReader): FilledTable | undefined {
    if (!this.isOpen || features.some(({ kind }) => kind !== "number")) return undefined;
    const rows = this.#rows;
    const values = this.#columns(features);
    const targets = this.#targets.subarray(0, rows);
    const { classes } = target;
    if (classes) {
      for (let row = 0; row < rows; row++) targets[row] = classes.indexOfCode[this.#codes[row]];
    }
    const origins = new Uint8Array(rows);
    return { rows, values, targets, origins, others: [], dropped: { missingTarget: 0, gaps: 0 } };
  }

  /** The values of some columns, which are moved together. */
  #columns(features: readonly ColumnReader[]): Float64Array<SharedArrayBuffer> {
    const [values, width, rows] = [this.#values, this.#width, this.#rows];
    if (features.length < width) {
      const places = features.map(({ field }) => field < this.#target ? field : field - 1);
      let to = 0;
      for (let row = 0; row < rows; row++) {
        for (const place of places) values[to++] = values[row * width + place];
      }
    }
    return values.subarray(0, rows * features.length);
  }

  #close(): void {
    this.isOpen = false;
    this.#values = this.#targets = sharedFloats(0);
    this.#codes = new Int32Array(0);
  }
}
