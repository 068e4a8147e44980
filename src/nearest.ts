/**
 * The candidate that a mistyped word most likely means, if one is within two edits.
 *
 * An edit adds, drops or replaces a letter, or swaps two neighbours; case does not count. At least
 * half of the word must be right, so that short words do not match everything. Of several
 * candidates that are equally near, the longest wins, in which the edits count least, and of those
 * the first.
 *
 * `closestString()` of deno-std counts a swap, the most common typo, as two edits, and has no limit.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.min(2, Math.floor(word.length / 2));
  let best: string | undefined;
  let bestDistance = limit;
  for (const candidate of candidates) {
    // The difference in length is a lower bound of the distance; this check keeps long words cheap.
    if (Math.abs(candidate.length - word.length) > bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    const isNearer = distance < bestDistance ||
      (distance === bestDistance && candidate.length > (best?.length ?? 0));
    if (isNearer) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Optimal string alignment distance.
 *
 * Source: Damerau, "A technique for computer detection and correction of spelling errors" (1964).
 */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replace, previous[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], beforePrevious[j - 2] + 1);
      }
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length];
}
