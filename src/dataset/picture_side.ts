import type { Dataset } from "./dataset.ts";

const SMALLEST_SIDE = 4;
const LARGEST_SIDE = 64;

/**
 * How many pixels wide and high a dataset's rows are, where they seem to be square pictures: as many
 * columns as a square has, all of them numbered.
 */
export function pictureSide(
  { columns, featureNames }: Pick<Dataset, "columns" | "featureNames">,
): number | undefined {
  const side = Math.sqrt(columns);
  const isPicture = Number.isInteger(side) && side >= SMALLEST_SIDE && side <= LARGEST_SIDE &&
    featureNames.every((name) => /\d$/.test(name));
  return isPicture ? side : undefined;
}
