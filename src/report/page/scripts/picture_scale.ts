/** A linear axis of a small picture, from 0% to 100% of its width. */
export interface PictureScale {
  readonly low: number;
  readonly high: number;
  /** Round values within it, ascending. */
  readonly ticks: readonly number[];
  /** Where a value stands, in percent of the width. */
  at(value: number): string;
}

/** An axis that reaches all values, with some room at both ends and up to so many ticks. */
export function pictureScale(values: readonly number[], most = 4): PictureScale {
  const finite = values.filter(Number.isFinite);
  const least = finite.length > 0 ? Math.min(...finite) : 0;
  const greatest = finite.length > 0 ? Math.max(...finite) : 0;
  const room = (greatest - least || Math.abs(greatest) || 1) * 0.06;
  const [low, high] = [least - room, greatest + room];
  return {
    low,
    high,
    ticks: roundTicks(low, high, most),
    at: (value) => `${Number((100 * (value - low) / (high - low)).toFixed(2))}%`,
  };
}

/** Multiples of 1, 2 or 5 times a power of ten. */
function roundTicks(low: number, high: number, most: number): number[] {
  const power = 10 ** Math.floor(Math.log10((high - low) / most));
  const steps = [1, 2, 5, 10].map((factor) => factor * power);
  const step = steps.find((step) => Math.floor(high / step) - Math.ceil(low / step) < most) ??
    steps[steps.length - 1];
  const first = Math.ceil(low / step);
  const count = Math.max(0, Math.floor(high / step) - first + 1);
  // Divided by a whole number where the step is below 1, so that ticks have no tail of digits.
  return Array.from(
    { length: count },
    (_, index) => step < 1 ? (first + index) / Math.round(1 / step) : (first + index) * step,
  );
}
