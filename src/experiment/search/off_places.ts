// On an axis of a key that can be off, the first places are those where it is off. The others have its
// drawn values, as all places have on other axes, where `off` is 0. All places are in [0, 1).

/** The largest number below 1. */
const BELOW_1 = 1 - Number.EPSILON / 2;

/** The place among the drawn values, of a place that is not below `off`. */
export function placeWhenOn(place: number, off: number): number {
  return Math.min((place - off) / (1 - off), BELOW_1);
}

/** The place on the axis, of one among the drawn values. */
export function placeOnAxis(whenOn: number, off: number): number {
  return Math.min(off + (1 - off) * whenOn, BELOW_1);
}
