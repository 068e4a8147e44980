import type { Dataset } from "./dataset.ts";

const SMALLEST_SIDE = 4;
const LARGEST_SIDE = 64;

/**
 * The width and height, in pixels, of a dataset's rows if they look like square pictures: the
 * number of columns is a square, and each column's name ends with a digit.
 */
export function pictureSide(
  { columns, featureNames }: Pick<Dataset, "columns" | "featureNames">,
): number | undefined {
  const side = Math.sqrt(columns);
  const isPicture = Number.isInteger(side) && side >= SMALLEST_SIDE && side <= LARGEST_SIDE &&
    featureNames.every((name) => /\d$/.test(name));
  return isPicture ? side : undefined;
}
