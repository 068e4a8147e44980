import { marginOf } from "./_mean_interval.ts";

/**
 * Half the width of a mean's 95% t-interval over n values with a standard deviation of 1, by n from 0
 * to `most`: whoever knows them needs no t-distribution.
 *
 * @param overlap As in `Question`.
 */
export function unitMargins(most: number, overlap: number): number[] {
  return Array.from({ length: most + 1 }, (_, n) => n < 2 ? 0 : marginOf({ n, sd: 1 }, overlap));
}
