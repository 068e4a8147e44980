/**
 * Cuts rows in order of time where wanted, or as near to that as times that are equal allow: these stay
 * together.
 *
 * @param times Ascending.
 * @param wanted After how many rows to cut, ascending. Between two places that are as near, the earlier
 * counts.
 * @returns As many places, ascending; undefined if there are too few different times.
 */
export function cutTimes(
  times: Float64Array,
  wanted: readonly number[],
): number[] | undefined {
  const places: number[] = [];
  for (let at = 1; at < times.length; at++) if (times[at] !== times[at - 1]) places.push(at);
  if (places.length < wanted.length) return undefined;
  let next = 0;
  return wanted.map((place, index) => {
    // Leave a place for each cut after this one.
    const last = places.length - (wanted.length - index);
    const distance = (at: number) => Math.abs(places[at] - place);
    while (next < last && distance(next + 1) < distance(next)) next++;
    return places[next++];
  });
}
