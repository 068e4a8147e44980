/** Both ends of an interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The standard error of a mean over `n` seeds. */
export function standardErrorOf(
  { n, sd }: { readonly n: number; readonly sd: number },
  overlap: number,
): number {
  return sd * Math.sqrt(1 / n + overlap);
}

/** The interval of a mean that reaches `margin` to both sides. */
export function intervalAround(mean: number, margin: number): Interval {
  return { low: mean - margin, high: mean + margin };
}
