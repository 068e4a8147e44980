/** How many times as wide as the better half needs the axis may become. */
const WIDEST = 2.5;
/** How many times that width away a value may be that must be in sight. */
const FARTHEST = 25;
/** The margin on either side where the rest is cut off, as a share of that width. */
const MARGIN = 0.35;
const PADDING = 0.04;
/** Relative differences below this are noise, which no axis should fill. */
const EQUAL = 1e-5;

/**
 * An axis that keeps the good cells apart: if a few bad cells, or their wide intervals, would squeeze
 * the rest into a corner, it covers only the better half and a margin.
 *
 * @param valuesOf Each cell's values, best cell first. The better half is that of all cells, and that
 *   of those whose values differ.
 * @param bounds Limits of the axis, which intervals may exceed.
 * @param seen Values to be in sight, such as the baseline's mean, unless nothing else could be seen.
 * @returns The ends of the axis, the smaller first.
 */
export function focusDomain(
  valuesOf: readonly (readonly number[])[],
  [least, most]: readonly [number, number] = [-Infinity, Infinity],
  seen: readonly number[] = [],
): [number, number] {
  const all = extent([...valuesOf.flat(), ...seen]);
  const distinct = [...new Map(valuesOf.map((values) => [values.join(), values])).values()];
  const halfOf = <Item>(cells: readonly Item[]) =>
    cells.slice(0, Math.max(2, Math.ceil(cells.length / 2)));
  const better = extent([...halfOf(valuesOf), ...halfOf(distinct)].flat());
  if (!all || !better) return [0, 1];
  const reach = FARTHEST * (better[1] - better[0]);
  const good = extent([
    ...better,
    ...seen.filter((value) => better[0] - reach <= value && value <= better[1] + reach),
  ]) ?? better;
  const width = good[1] - good[0];
  const isSqueezed = width > 0 && all[1] - all[0] > WIDEST * width;
  const [low, high] = pad(
    isSqueezed
      ? [Math.max(all[0], good[0] - MARGIN * width), Math.min(all[1], good[1] + MARGIN * width)]
      : all,
  );
  return [Math.max(low, least), Math.min(high, most)];
}

/** The axis with those of some other values that are no farther from it than it is wide. */
export function reaching(
  [low, high]: readonly [number, number],
  values: readonly number[],
): [number, number] {
  const width = high - low;
  const near = values.filter((value) => low - width <= value && value <= high + width);
  const [least, most] = [Math.min(low, ...near), Math.max(high, ...near)];
  return [
    least < low ? round(least - PADDING * width) : low,
    most > high ? round(most + PADDING * width) : high,
  ];
}

/** What a caption says of the line at the baseline's mean. */
export function baselineSentence(mean: number, [low, high]: readonly [number, number]): string {
  return low <= mean && mean <= high
    ? "The dashed line is the baseline’s mean."
    : "The baseline’s mean is beyond the axis.";
}

function extent(values: readonly number[]): [number, number] | undefined {
  if (values.length === 0) return undefined;
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}

function pad([low, high]: [number, number]): [number, number] {
  const size = Math.max(Math.abs(low), Math.abs(high));
  const padding = PADDING * (high - low > EQUAL * size ? high - low : size > EQUAL ? size : 1);
  return [round(low - padding), round(high + padding)];
}

function round(value: number): number {
  return Number(value.toPrecision(8));
}
