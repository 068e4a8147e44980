/**
 * Adjusts p-values of tests done together, so that rejecting those below a level keeps the chance
 * of any false rejection below it.
 *
 * Source: Holm, A Simple Sequentially Rejective Multiple Test Procedure (1979).
 *
 * @returns In the order given.
 */
export function holm(pValues: readonly number[]): number[] {
  const ascending = pValues.map((_, index) => index).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  ascending.forEach((index, rank) => {
    highest = Math.max(highest, Math.min(1, (pValues.length - rank) * pValues[index]));
    adjusted[index] = highest;
  });
  return adjusted;
}

/**
 * What each test's level is divided by in Holm's method: the number of tests left at its step, or at
 * the step where the method stops before it.
 *
 * A test's adjusted p-value is below `level` exactly where its own is below level / divisor, so that
 * an interval with confidence 1 − level / divisor agrees with it.
 *
 * @returns In the order given.
 */
export function holmDivisors(pValues: readonly number[], level: number): number[] {
  const adjusted = holm(pValues);
  const left = adjusted.filter((p) => p >= level).length;
  const places = new Map<number, number>();
  pValues.toSorted((a, b) => a - b).forEach((p, place) => places.set(p, places.get(p) ?? place));
  return pValues.map((p, index) =>
    adjusted[index] < level ? pValues.length - (places.get(p) ?? 0) : left
  );
}
