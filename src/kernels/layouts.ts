import { lanesOf, type Precision } from "./kernels.ts";

/*
 * The places of a matrix's elements in the kernels' memory; reference.ts describes the layouts.
 */

/** Bytes of a cache line. */
const LINE_BYTES = 64;

/**
 * Rounds `bytes` up to an odd number of whole cache lines: data with this stride spreads over all
 * sets of a cache. assembly/dropped.ts has the same rule for its rows; a test compares them.
 */
function oddLines(bytes: number): number {
  return LINE_BYTES * (Math.ceil(bytes / LINE_BYTES) | 1);
}

/** Bytes from one lane panel of activations (B,F) to the next, in either precision. */
export function panelStride(features: number): number {
  return oddLines(features * 16);
}

/** Bytes of activations (B,F) in lane panels. */
export function panelBytes(precision: Precision, rows: number, features: number): number {
  return Math.ceil(rows / lanesOf(precision)) * panelStride(features);
}

/** Bytes from row to row of row-major rows (B,F) whose numbers have `size` bytes. */
export function rowPitch(size: number, features: number): number {
  return oddLines(features * size);
}

/** Number of the element (i,o) of weights (I,O) in output panels, counted from their start. */
export function weightIndex(inputs: number, i: number, o: number): number {
  return ((o >> 2) * inputs + i) * 4 + (o & 3);
}
