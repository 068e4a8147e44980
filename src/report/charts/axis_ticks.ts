import type { ValueScale } from "./_value_scale.ts";

/** With fewer powers of ten on it, a logarithmic axis has multiples of them. */
const FEWEST_POWERS = 3;

/** Round values between the ends of an axis, about `count` of them. */
export function axisTicks(
  scale: ValueScale,
  [low, high]: readonly [number, number],
  count: number,
): number[] {
  if (scale.type === "linear") return linearTicks(low, high, count);
  const least = scale.type === "log" ? low : scale.constant ?? 1;
  const powers = multiples([1], least, high);
  const positive = powers.length >= FEWEST_POWERS ? powers : multiples([1, 2, 5], least, high);
  const every = Math.ceil(positive.length / count);
  const kept = positive.filter((_, index) => (positive.length - 1 - index) % every === 0);
  return low === 0 ? [0, ...kept] : kept;
}

function linearTicks(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step >= rough) ?? rough;
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  return Array.from({ length: last - first + 1 }, (_, index) => rounded((first + index) * step));
}

/** The multiples of powers of ten from `low` to `high`, ascending. */
function multiples(factors: readonly number[], low: number, high: number): number[] {
  const [first, last] = [low, high].map((end) => Math.floor(Math.log10(end)));
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return powers.flatMap((power) => factors.map((factor) => rounded(factor * 10 ** power)))
    .filter((value) => low <= value && value <= high);
}

/** Without the error of adding and multiplying fractions. */
function rounded(value: number): number {
  return Number(value.toPrecision(12));
}
