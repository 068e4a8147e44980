import type { Dataset } from "../dataset/dataset.ts";
import { pictureSide } from "../dataset/picture_side.ts";
import type { UnitWeights } from "./run_result.ts";
import type { TrainedLayer } from "./trainer.ts";

/** So many fill a line of pictures, and are still told apart. */
const MOST_UNITS = 8;
/** More than a picture can show. */
const DIGITS = 4;

/** The strongest units of a model's first layer where the dataset's rows are pictures, or none. */
export function pictureUnits(
  dataset: Pick<Dataset, "columns" | "featureNames">,
  [first]: readonly TrainedLayer[],
): UnitWeights[] {
  return pictureSide(dataset) === undefined ? [] : strongestUnits(first);
}

/**
 * The units of a layer with the longest weight vectors, longest first, equals as they are in the
 * layer; weights are rounded to four digits.
 */
export function strongestUnits({ inputs, outputs, weight }: TrainedLayer): UnitWeights[] {
  const units = Array.from({ length: outputs }, (_, unit) => {
    const weights = Array.from({ length: inputs }, (_, input) => weight[input * outputs + unit]);
    return { unit, weights, square: weights.reduce((sum, w) => sum + w * w, 0) };
  });
  return units.sort((a, b) => b.square - a.square || a.unit - b.unit).slice(0, MOST_UNITS)
    .map(({ unit, weights }) => {
      return { unit, weights: weights.map((w) => Number(w.toPrecision(DIGITS))) };
    });
}
