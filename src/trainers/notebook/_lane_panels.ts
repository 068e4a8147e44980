import { panelBytes, panelStride } from "../../kernels/layouts.ts";
import type { Matrix } from "./_matrix.ts";

const LANES = 2;

/** The number of columns, rounded up to whole panels of four, as kernels need it. */
export function padded(columns: number): number {
  return Math.ceil(columns / 4) * 4;
}

/** A float64 matrix that stays in kernel memory, in the kernels' layout of activations. */
export class LanePanels {
  readonly #memory: WebAssembly.Memory;
  readonly rows: number;
  readonly columns: number;
  /**
   * Byte offset of the first panel, bytes from each panel to the next, and the number of panels.
   */
  readonly offset: number;
  readonly stride: number;
  readonly panels: number;
  /** Distance from one column to the next in `values`. */
  readonly step = LANES;

  constructor(memory: WebAssembly.Memory, offset: number, rows: number, columns: number) {
    this.#memory = memory;
    this.rows = rows;
    this.columns = columns;
    this.offset = offset;
    this.stride = panelStride(columns);
    this.panels = Math.ceil(rows / LANES);
  }

  /** Bytes that a matrix takes. */
  static bytes(rows: number, columns: number): number {
    return panelBytes("f64", rows, columns);
  }

  /** All of kernel memory; valid until it grows. */
  get values(): Float64Array {
    return new Float64Array(this.#memory.buffer);
  }

  /** Index in `values` of the first element of a row. */
  start(row: number): number {
    return (this.offset + Math.floor(row / LANES) * this.stride) / 8 + row % LANES;
  }

  /** Copies a matrix in; padding rows and columns are 0. */
  load({ rows, columns, values: from }: Matrix): void {
    const to = this.values;
    to.fill(0, this.offset / 8, (this.offset + this.panels * this.stride) / 8);
    for (let row = 0, next = 0; row < rows; row++) {
      let at = this.start(row);
      for (let j = 0; j < columns; j++, at += LANES) to[at] = from[next++];
    }
  }

  /** Copies a matrix out. */
  store({ rows, columns, values: to }: Matrix): void {
    const from = this.values;
    for (let row = 0, next = 0; row < rows; row++) {
      let at = this.start(row);
      for (let j = 0; j < columns; j++, at += LANES) to[next++] = from[at];
    }
  }
}
