import type { Kernels } from "../../kernels/kernels.ts";
import { reserveRows } from "./_training_rows.ts";
import type { Arena } from "./arena.ts";
import { numbersAt, paddedCount, paddingTarget, perRowBytes, targetsOf } from "./row_targets.ts";
import type { Rows } from "./rows.ts";

/** Regions of the arena for rows that are copied from others. */
export interface GatheredRegions {
  /** As many rows as there is room for. */
  readonly rows: Rows;
  /** Byte offset of the numbers that the copied rows have among the others. */
  readonly rowNumbers: number;
}

/** Reserves regions for at most `count` rows. */
export function reserveGathered(
  kernels: Kernels,
  arena: Arena,
  { count, features, isWeighted }: {
    count: number;
    features: number;
    /** Whether the rows have factors. */
    isWeighted: boolean;
  },
): GatheredRegions {
  const rows = reserveRows(kernels, arena, count, features);
  const factors = isWeighted ? arena.region(perRowBytes(kernels, count)) : undefined;
  return { rows: { ...rows, factors }, rowNumbers: arena.region(count * 4) };
}

/** Copies the rows of those numbers, with their targets and factors, and fills up the last panel. */
export function gatherRows(
  kernels: Kernels,
  from: Rows,
  { rows, rowNumbers }: GatheredRegions,
  numbers: Int32Array,
  { features, classes }: { features: number; classes: number },
): Rows {
  const { length: count } = numbers;
  new Int32Array(kernels.memory.buffer, rowNumbers, count).set(numbers);
  const source = targetsOf(kernels, from, classes);
  const targets = targetsOf(kernels, rows, classes);
  targets.fill(paddingTarget(classes));
  numbers.forEach((row, b) => targets[b] = source[row]);
  gatherFactors(kernels, from, rows, numbers);
  kernels.gatherRows(from.values, rowNumbers, rows.values, count, features, rows.stride);
  return { ...rows, count };
}

/** Copies the factors of some rows, if they have any, and fills up with 0. */
function gatherFactors(kernels: Kernels, from: Rows, to: Rows, numbers: Int32Array): void {
  if (from.factors === undefined || to.factors === undefined) return;
  const source = numbersAt(kernels, from.factors, from.count);
  const target = numbersAt(kernels, to.factors, paddedCount(kernels, to.count));
  target.fill(0);
  numbers.forEach((row, b) => target[b] = source[row]);
}
