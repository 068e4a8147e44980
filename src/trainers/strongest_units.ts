import type { Dataset } from "../dataset/dataset.ts";
import type { UnitWeights } from "./run_result.ts";
import type { Parameter } from "./trainer.ts";

/** This many pictures fill a line and are still large enough to distinguish. */
const MOST_UNITS = 8;
/** Significant digits of a weight: more than a picture can show. */
const DIGITS = 4;

/** The strongest units of the parameter that has pictures, if the dataset's rows are pictures. */
export function pictureUnits(
  { facts }: Pick<Dataset, "facts">,
  parameters: readonly Parameter[],
): UnitWeights[] {
  const weights = parameters.find(({ hasPictures }) => hasPictures);
  return weights && facts.pictureSide !== undefined ? strongestUnits(weights) : [];
}

/**
 * The units whose weight vectors have the largest norms, largest first, ties in the order of units.
 * Takes weights (features, units); rounds them to four digits.
 */
export function strongestUnits({ shape, values }: Parameter): UnitWeights[] {
  const [inputs, outputs] = shape;
  const units = Array.from({ length: outputs }, (_, unit) => {
    const weights = Array.from({ length: inputs }, (_, input) => values[input * outputs + unit]);
    return { unit, weights, square: weights.reduce((sum, w) => sum + w * w, 0) };
  });
  return units.sort((a, b) => b.square - a.square || a.unit - b.unit).slice(0, MOST_UNITS)
    .map(({ unit, weights }) => {
      return { unit, weights: weights.map((w) => Number(w.toPrecision(DIGITS))) };
    });
}
