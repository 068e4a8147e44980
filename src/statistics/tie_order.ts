/** The measure of a model's size, of the trainers that have it: the L2 norm of all weights. */
export const SIZE_OF_WEIGHTS = "weight_l2";

/** What decides between cells that are equal otherwise. */
export interface Tied {
  readonly cell: string;
  /** Mean of `SIZE_OF_WEIGHTS` over the runs; absent if the trainer does not measure it. */
  readonly weightNorm?: number;
}

/**
 * Orders cells that are equal otherwise: smaller weights first, cells without that measure after
 * those with it; then the baseline; then by name in the CSV files, which does not depend on the
 * order of the grid.
 */
export function tieOrder(baseline: string): (a: Tied, b: Tied) => number {
  return (a, b) =>
    ascending(a.weightNorm ?? Infinity, b.weightNorm ?? Infinity) ||
    Number(b.cell === baseline) - Number(a.cell === baseline) ||
    ascending(a.cell, b.cell);
}

/** The order of two numbers or texts, infinite numbers included. */
export function ascending<Value extends number | string>(a: Value, b: Value): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
