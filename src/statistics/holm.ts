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
