/**
 * Ranks some scores: 1 is the best, and equal scores have the mean of the ranks that they take. Scores
 * that are NaN come last, and are equal.
 *
 * @returns In the order given.
 */
export function rankScores(
  scores: readonly number[],
  { largerIsBetter }: { readonly largerIsBetter: boolean },
): number[] {
  const worst = largerIsBetter ? -Infinity : Infinity;
  const keys = scores.map((score) => Number.isNaN(score) ? worst : score);
  const isBetter = (a: number, b: number) => largerIsBetter ? a > b : a < b;
  return keys.map((own) => {
    const better = keys.filter((other) => isBetter(other, own)).length;
    const equal = keys.filter((other) => other === own).length;
    return better + (equal + 1) / 2;
  });
}
