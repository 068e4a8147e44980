import { referenceMath } from "./_reference_math.ts";
import { lanesOf, type Precision } from "./kernels.ts";
import { weightIndex } from "./layouts.ts";

/** A memory as the twins read and write it: rounding, indices of elements, loops over them. */
export interface ReferenceMemory {
  readonly memory: WebAssembly.Memory;
  /** Rows in a lane panel, and a number's bytes. */
  readonly lanes: number;
  readonly size: number;
  /** Rounds to the precision. */
  round(x: number): number;
  /** sum + a·b, the product rounded before it is added. */
  multiplyAdd(sum: number, a: number, b: number): number;
  /** All of the memory as numbers of the precision. */
  values(): Float32Array | Float64Array;
  /** Element of row b, feature f in lane panels at a byte offset. */
  activationAt(offset: number, stride: number, b: number, f: number): number;
  /** Element of weight (i,o) in output panels at a byte offset. */
  weightAt(offset: number, inputs: number, i: number, o: number): number;
  /** Replaces each element of `bytes` at the offset by f of it. */
  map(offset: number, bytes: number, f: (value: number, n: number) => number): void;
  /** Calls f with the element of each weight, padding left out, in the order they are stored. */
  forEachWeight(w: number, inputs: number, outputs: number, f: (at: number) => void): void;
}

export function referenceMemory(
  precision: Precision,
  memory: WebAssembly.Memory,
): ReferenceMemory {
  const { round } = referenceMath(precision);
  const lanes = lanesOf(precision);
  const size = 16 / lanes;
  const values = () =>
    precision === "f32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
  const weightAt = (offset: number, inputs: number, i: number, o: number) =>
    offset / size + weightIndex(inputs, i, o);
  return {
    memory,
    lanes,
    size,
    round,
    multiplyAdd: (sum, a, b) => round(sum + round(a * b)),
    values,
    activationAt: (offset, stride, b, f) =>
      (offset + Math.floor(b / lanes) * stride + f * 16) / size + b % lanes,
    weightAt,
    map(offset, bytes, f) {
      const x = values();
      for (let n = 0; n < bytes / size; n++) x[offset / size + n] = f(x[offset / size + n], n);
    },
    forEachWeight(w, inputs, outputs, f) {
      for (let first = 0; first < outputs; first += 4) {
        for (let i = 0; i < inputs; i++) {
          for (let o = first; o < Math.min(first + 4, outputs); o++) f(weightAt(w, inputs, i, o));
        }
      }
    },
  };
}
