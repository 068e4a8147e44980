import { growMemory } from "../../kernels/grow_memory.ts";
import { type Kernels, SCRATCH_BYTES } from "../../kernels/kernels.ts";
import { LanePanels, padded } from "./_lane_panels.ts";
import type { Matrix } from "./_matrix.ts";

const LINE_BYTES = 64;

type Scratch = "bias" | "weights" | "operand" | "result";

/** Bytes of scratch space by its use. */
export type ScratchBytes = Readonly<Record<Scratch, number>>;

/** Bytes in whole cache lines, as regions take them. */
export function inLines(bytes: number): number {
  return Math.ceil(bytes / LINE_BYTES) * LINE_BYTES;
}

/**
 * Matrix products by the float64 kernels.
 *
 * Large matrices stay in kernel memory as lane panels; others are copied there and back. Uses the
 * memory from its start: of all instances on the same kernels, only the last is valid.
 */
export class KernelProducts {
  readonly #kernels: Kernels;
  #end = SCRATCH_BYTES;
  readonly #scratch = new Map<Scratch, { offset: number; bytes: number }>();

  /** @param scratch The scratch space to begin with; without it, it grows with its uses. */
  constructor(kernels: Kernels, scratch: Partial<ScratchBytes> = {}) {
    this.#kernels = kernels;
    for (const [use, bytes] of Object.entries(scratch)) this.#scratchFor(use as Scratch, bytes);
  }

  /** Lane panels of zeros. */
  panels(rows: number, columns: number): LanePanels {
    const offset = this.#reserve(LanePanels.bytes(rows, columns));
    return new LanePanels(this.#kernels.memory, offset, rows, columns);
  }

  /** out = a·b + bias, one number for all elements. */
  forward(out: LanePanels, a: LanePanels, b: Matrix, bias: number): void {
    const weights = this.#loadWeights(b);
    const biases = this.#scratchFor("bias", 8 * padded(b.columns));
    this.#values().fill(bias, biases / 8, biases / 8 + b.columns);
    this.#kernels.denseForward(
      a.offset,
      weights,
      biases,
      out.offset,
      a.panels,
      a.columns,
      padded(out.columns) / 4,
      a.stride,
      out.stride,
    );
  }

  /** h = max(h, 0). */
  relu({ offset, panels, stride }: LanePanels): void {
    this.#kernels.relu(offset, panels * stride);
  }

  /** out = a·b. */
  multiply(out: Matrix, a: LanePanels | Matrix, b: Matrix): void {
    const result = this.#scratchPanels("result", out);
    this.forward(result, this.#toPanels(a, "operand"), b, 0);
    result.store(out);
  }

  /** out = aᵀ·b. */
  multiplyTransposed(out: Matrix, a: LanePanels | Matrix, b: Matrix): void {
    const x = this.#toPanels(a, "operand");
    const dy = this.#toPanels(b, "result");
    const dw = this.#scratchFor("weights", 8 * out.rows * padded(out.columns));
    const db = this.#scratchFor("bias", 8 * padded(out.columns));
    this.#kernels.denseBackwardWeights(
      x.offset,
      dy.offset,
      dw,
      db,
      x.panels,
      x.columns,
      padded(dy.columns) / 4,
      x.stride,
      dy.stride,
    );
    this.#storeWeights(dw, out);
  }

  #toPanels(matrix: LanePanels | Matrix, scratch: Scratch): LanePanels {
    if (matrix instanceof LanePanels) return matrix;
    const panels = this.#scratchPanels(scratch, matrix);
    panels.load(matrix);
    return panels;
  }

  #scratchPanels(scratch: Scratch, { rows, columns }: Matrix): LanePanels {
    const offset = this.#scratchFor(scratch, LanePanels.bytes(rows, columns));
    return new LanePanels(this.#kernels.memory, offset, rows, columns);
  }

  /**
   * Copies weights into output panels of 4, the last one padded with zeros; returns their offset.
   */
  #loadWeights({ rows, columns, values: from }: Matrix): number {
    const offset = this.#scratchFor("weights", 8 * rows * padded(columns));
    const to = this.#values();
    let at = offset / 8;
    for (let first = 0; first < columns; first += 4) {
      for (let i = 0; i < rows; i++) {
        for (let o = first; o < first + 4; o++) to[at++] = o < columns ? from[i * columns + o] : 0;
      }
    }
    return offset;
  }

  #storeWeights(offset: number, { rows, columns, values: to }: Matrix): void {
    const from = this.#values();
    let at = offset / 8;
    for (let first = 0; first < columns; first += 4) {
      const last = Math.min(first + 4, columns);
      for (let i = 0; i < rows; i++, at += 4) {
        for (let o = first; o < last; o++) to[i * columns + o] = from[at + o - first];
      }
    }
  }

  #values(): Float64Array {
    return new Float64Array(this.#kernels.memory.buffer);
  }

  /** A region for one use at a time; it grows to the largest size needed so far. */
  #scratchFor(scratch: Scratch, bytes: number): number {
    const region = this.#scratch.get(scratch);
    if (region && region.bytes >= bytes) return region.offset;
    const offset = this.#reserve(bytes);
    this.#scratch.set(scratch, { offset, bytes });
    return offset;
  }

  /** A region of zeros. */
  #reserve(bytes: number): number {
    const offset = this.#end;
    this.#end += inLines(bytes);
    const { memory } = this.#kernels;
    growMemory(memory, this.#end);
    new Uint8Array(memory.buffer, offset, bytes).fill(0);
    return offset;
  }
}
