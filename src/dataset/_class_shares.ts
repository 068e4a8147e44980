/** What limits how many rows of each class a part can have. */
export interface ShareLimits {
  /** The fewest, of every class. */
  readonly least: number;
  /** The most, by class. */
  readonly most: readonly number[];
}

/**
 * Divides a part's rows among classes in proportion to their numbers of rows, by the largest
 * remainder: each class gets the whole part of its share, and those with the largest remainders one
 * more. Of equal remainders, that of the class that comes first counts as larger.
 *
 * Classes whose share is outside the limits get the limit, and the others make up for it.
 *
 * @param size The rows of the part.
 * @param counts The rows of each class, in all parts together.
 * @returns Rows of each class; they add up to `size`, unless the limits leave no room for that.
 */
export function classShares(
  size: number,
  counts: readonly number[],
  { least, most }: ShareLimits,
): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count, index) =>
    Math.min(Math.max(Math.floor(size * count / all), least), most[index])
  );
  // How much of its share a class lacks, in rows / `all`: integers, so that equal ones are equal.
  const lacks = (index: number) => size * counts[index] - shares[index] * all;
  let given = shares.reduce((sum, share) => sum + share, 0);
  while (given !== size) {
    const change = given < size ? 1 : -1;
    const [chosen] = shares.keys()
      .filter((index) => change > 0 ? shares[index] < most[index] : shares[index] > least)
      .reduce<number[]>(
        ([best], index) =>
          best === undefined || change * lacks(index) > change * lacks(best) ? [index] : [best],
        [],
      );
    if (chosen === undefined) break;
    shares[chosen] += change;
    given += change;
  }
  return shares;
}
