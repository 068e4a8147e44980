import type { Hyperparameter } from "../../trainers/hyperparameter.ts";

/** How an axis of a hyperparameter's values is scaled. */
export interface ValueScale {
  readonly type: "linear" | "log" | "symlog";
  /** Only of a symlog scale, which is nearly linear below it. */
  readonly constant?: number;
}

const LINEAR: ValueScale = { type: "linear" };

/**
 * True if values are shares or probabilities, such as dropout: no trainer takes more than 1.
 *
 * @param all The hyperparameters of all trainers.
 */
export function isRate(key: string, all: readonly Hyperparameter[]): boolean {
  const rows = all.filter((row) => row.key === key);
  return rows.length > 0 &&
    rows.every(({ maximum, exclusiveMaximum }) => (maximum ?? exclusiveMaximum ?? Infinity) <= 1);
}

/**
 * The scale on which values lie most evenly: linear, or logarithmic for positive numbers; symlog
 * only if 0 is among them. Rates are always linear.
 */
export function valueScale(values: readonly number[], isRate: boolean): ValueScale {
  const ordered = [...new Set(values)].sort((a, b) => a - b);
  const positive = ordered.filter((value) => value > 0);
  if (isRate || ordered[0] < 0 || positive.length < 2) return LINEAR;
  const curved: ValueScale = ordered[0] > 0
    ? { type: "log" }
    : { type: "symlog", constant: symlogConstant(positive) };
  return unevenness(ordered, curved) < unevenness(ordered, LINEAR) ? curved : LINEAR;
}

/** `log scale`; nothing for a linear scale, which readers expect. */
export function scaleNote({ type }: ValueScale): string[] {
  return type === "linear" ? [] : [`${type} scale`];
}

/** Where values lie between the ends of an axis, from 0 to 1. */
export function shareOn(
  scale: ValueScale,
  [low, high]: readonly [number, number],
): (value: number) => number {
  const [from, to] = [transformed(low, scale), transformed(high, scale)];
  return (value) => (transformed(value, scale) - from) / (to - from);
}

/** The inverse of `shareOn()`. */
export function valueAt(
  scale: ValueScale,
  [low, high]: readonly [number, number],
): (share: number) => number {
  const { type, constant = 1 } = scale;
  const [from, to] = [transformed(low, scale), transformed(high, scale)];
  return (share) => {
    const place = from + share * (to - from);
    if (type === "linear") return place;
    return type === "log" ? Math.exp(place) : constant * Math.expm1(place);
  };
}

function transformed(value: number, { type, constant = 1 }: ValueScale): number {
  if (type === "linear") return value;
  return type === "log" ? Math.log(value) : Math.log1p(value / constant);
}

/** Puts 0 as far from the least value as values are from one another on average. */
function symlogConstant(positive: readonly number[]): number {
  const [least, most] = [positive[0], positive[positive.length - 1]];
  const ratio = (most / least) ** (1 / (positive.length - 1));
  return Number((least / (ratio - 1)).toPrecision(3));
}

/** The sum of squares of the gaps between neighbours, as shares of the whole. */
function unevenness(ordered: readonly number[], scale: ValueScale): number {
  const shareOf = shareOn(scale, [ordered[0], ordered[ordered.length - 1]]);
  const shares = ordered.map(shareOf);
  return shares.slice(1).reduce((sum, share, index) => sum + (share - shares[index]) ** 2, 0);
}
