import { randomStream } from "../../random_stream.ts";
import type { Hyperparameter, HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { SampleOptions } from "../schema/grid_schema.ts";
import type { Distribution } from "../schema/range_schemas.ts";
import { placeWhenOn } from "../search/off_places.ts";
import { interpolation, roundToDigits } from "./range_values.ts";
import { SOBOL_DIMENSIONS, sobolSequence } from "./sobol.ts";

/** Digits of drawn numbers: enough to distinguish them, and few enough to read. */
const SIGNIFICANT_DIGITS = 6;
const TWO_TO_32 = 2 ** 32;

/**
 * Draws values of one hyperparameter, one for each point of a sample.
 *
 * They depend only on the hyperparameter and on the sample's method and seed: a larger sample begins
 * with the points of a smaller one, and other hyperparameters do not change them. Uses only
 * + − × ÷ √.
 */
export function samplePoints(
  row: Hyperparameter,
  distribution: Distribution,
  sample: SampleOptions,
): HyperparameterValue[] {
  const place = samplePlaces(row, sample);
  const valueAt = quantile(row, distribution);
  // A loop is faster than `Array.from()`, and a sample can have a million points.
  const values = new Array<HyperparameterValue>(sample.count);
  for (let point = 0; point < sample.count; point++) values[point] = valueAt(place(point));
  return values;
}

/** Gives each point's place in [0, 1); call it in the order of the points. */
export function samplePlaces(
  { key, sobolDimension }: Hyperparameter,
  { count, method, seed }: SampleOptions,
): (point: number) => number {
  const random = randomStream(`${seed}/sample/${key}`);
  if (method === "random") return random;
  // A digital shift makes another sample and keeps the structure of the sequence.
  const shift = Math.floor(random() * TWO_TO_32);
  const points = sobolSequence((sobolDimension - 1) % SOBOL_DIMENSIONS + 1, count);
  return (point) => ((points[point] ^ shift) >>> 0) / TWO_TO_32;
}

/**
 * The quantile function of a distribution: the value at a place in [0, 1). The first places are those of
 * the default, if the key can be off; it has one then.
 */
export function quantile(
  row: Hyperparameter,
  { off, ...drawn }: Distribution,
): (place: number) => HyperparameterValue {
  const valueAt = drawnQuantile(row, drawn);
  const { default: value } = row;
  if (off === undefined || value === undefined) return valueAt;
  return (place) => place < off ? value : valueAt(placeWhenOn(place, off));
}

function drawnQuantile(
  row: Hyperparameter,
  { uniform, log_uniform: logUniform, integer, choice }: Distribution,
): (place: number) => HyperparameterValue {
  if (choice) return (place) => choice[Math.floor(place * choice.length)];
  const ends = uniform ?? logUniform ?? integer ?? [NaN, NaN];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const clamp = (value: number) => Math.min(Math.max(value, low), high);
  if (integer || row.type === "integer") {
    // Every integer gets the interval within one half of it.
    const at = interpolation(logUniform ? "log" : "linear", low - 0.5, high + 0.5);
    return (place) => clamp(Math.round(at(place, 1)));
  }
  const at = interpolation(logUniform ? "log" : "linear", low, high);
  return (place) => clamp(roundToDigits(at(place, 1), SIGNIFICANT_DIGITS));
}
