import { tCdf, tQuantile } from "./_student_t.ts";
import { unitVectors } from "./_unit_vectors.ts";

const ROTATIONS = 9_999;
/** What bounds the work: with very many numbers there are fewer rotations, but not fewer than these. */
const FEWEST_ROTATIONS = 999;
const MOST_PRODUCTS = 1_000_000_000;
const MOST_NUMBERS = 8_000_000;
/** So many rotations are taken at a time: a cell's numbers are read once for all of them. */
const BLOCK = 4;

/** One cell's paired differences. */
export interface PairedDifferences {
  /** By place among all pairs of the sweep; NaN where a run of the pair did not complete. */
  readonly values: ArrayLike<number>;
  /** How many are not NaN: at least two, which are not all the same. */
  readonly n: number;
  readonly mean: number;
}

/** Cells that lack the same pairs. */
interface Pattern {
  /** Places of the pairs that they have. */
  readonly places: readonly number[];
  /** (cells, places), row-major: each cell's differences from its mean, scaled to length 1. */
  readonly centred: Float64Array;
  /** By cell: a cell's row in X, scaled to length 1, is `slope · centred + shift`. */
  readonly slopes: Float64Array;
  readonly shifts: Float64Array;
}

/** How large the largest |t| of several cells is by chance, if no cell differs from the baseline. */
export interface RotationMaxima {
  /** How many rotations there are. */
  readonly count: number;
  /** How many of them have a largest |t| of at least this one; of cells with n pairs. */
  reached(t: number, n: number): number;
  /** The |t| of cells with n pairs that `place` rotations (1 or more) reach. */
  exceededBy(place: number, n: number): number;
}

/**
 * Turns the differences of all cells together in all directions, which keeps how cells depend on each
 * other, and takes each time the largest |t|. There are two such distributions: of X, which has each
 * cell's mean scaled so that its plain t is the corrected one, and of E, which has mean 0. The first
 * is exact without effects, the second keeps the intervals right with them.
 *
 * If cells have different numbers of pairs, the most extreme |t| is that with the smallest p-value.
 *
 * Source: Langsrud, Rotation Tests (2005).
 *
 * @param overlap As in `Question`.
 * @returns Of X, and of E.
 */
export function rotationMaxima(
  cells: readonly PairedDifferences[],
  overlap: number,
): readonly [RotationMaxima, RotationMaxima] {
  const pairs = cells[0].values.length;
  const count = rotationCount(cells.length, pairs);
  const patterns = patternsOf(cells, overlap);
  const sizes = [...new Set(patterns.map(({ places }) => places.length))];
  // Of X and of E, by number of pairs.
  const maxima = [0, 1].map(() => new Map(sizes.map((n) => [n, new Float64Array(count)])));
  const vectors = unitVectors(pairs, count);
  for (const pattern of patterns) {
    const n = pattern.places.length;
    const [ofX, ofE] = maxima.map((bySize) => bySize.get(n) ?? new Float64Array());
    turn(pattern, { vectors, pairs, count }, ofX, ofE);
  }
  return [maximaOf(maxima[0]), maximaOf(maxima[1])];
}

function rotationCount(cells: number, pairs: number): number {
  const affordable = Math.min(MOST_PRODUCTS / cells / pairs, MOST_NUMBERS / pairs);
  return Math.max(FEWEST_ROTATIONS, Math.min(ROTATIONS, Math.floor(affordable)));
}

function patternsOf(cells: readonly PairedDifferences[], overlap: number): Pattern[] {
  const groups = Map.groupBy(cells, ({ values }) => {
    return Array.from(values, (value) => Number.isNaN(value) ? "-" : "+").join("");
  });
  return [...groups].map(([signs, members]) => {
    const places = [...signs].flatMap((sign, place) => sign === "+" ? [place] : []);
    const n = places.length;
    const centred = new Float64Array(members.length * n);
    const slopes = new Float64Array(members.length);
    const shifts = new Float64Array(members.length);
    members.forEach(({ values, mean }, row) => {
      let squares = 0;
      for (const place of places) squares += (values[place] - mean) * (values[place] - mean);
      const length = Math.sqrt(squares);
      places.forEach((place, at) => centred[row * n + at] = (values[place] - mean) / length);
      const shift = mean / Math.sqrt(1 + n * overlap);
      const lengthOfX = Math.sqrt(squares + n * shift * shift);
      slopes[row] = length / lengthOfX;
      shifts[row] = shift / lengthOfX;
    });
    return { places, centred, slopes, shifts };
  });
}

/** Raises the maxima of |cosine| between the cells' rows and each vector, those of X and of E. */
function turn(
  { places, centred, slopes, shifts }: Pattern,
  { vectors, pairs, count }: {
    readonly vectors: Float64Array;
    readonly pairs: number;
    readonly count: number;
  },
  ofX: Float64Array,
  ofE: Float64Array,
): void {
  const n = places.length;
  const block = new Float64Array(BLOCK * n);
  const sums = new Float64Array(BLOCK);
  for (let first = 0; first < count; first += BLOCK) {
    for (let lane = 0; lane < BLOCK; lane++) {
      // Lanes beyond the last vector repeat it.
      const from = Math.min(first + lane, count - 1) * pairs;
      sums[lane] = fillLane(block, lane, { vectors, from }, places);
    }
    let [x0, x1, x2, x3, e0, e1, e2, e3] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let cell = 0, from = 0; cell < slopes.length; cell++, from += n) {
      let [d0, d1, d2, d3] = [0, 0, 0, 0];
      for (let at = 0, place = 0; at < n; at++, place += BLOCK) {
        const value = centred[from + at];
        d0 += value * block[place];
        d1 += value * block[place + 1];
        d2 += value * block[place + 2];
        d3 += value * block[place + 3];
      }
      const [slope, shift] = [slopes[cell], shifts[cell]];
      e0 = Math.max(e0, Math.abs(d0));
      e1 = Math.max(e1, Math.abs(d1));
      e2 = Math.max(e2, Math.abs(d2));
      e3 = Math.max(e3, Math.abs(d3));
      x0 = Math.max(x0, Math.abs(d0 * slope + sums[0] * shift));
      x1 = Math.max(x1, Math.abs(d1 * slope + sums[1] * shift));
      x2 = Math.max(x2, Math.abs(d2 * slope + sums[2] * shift));
      x3 = Math.max(x3, Math.abs(d3 * slope + sums[3] * shift));
    }
    raise(ofX, first, x0, x1, x2, x3);
    raise(ofE, first, e0, e1, e2, e3);
  }
}

/** Puts the part of a vector that a pattern has into its lane, with length 1; returns its sum. */
function fillLane(
  block: Float64Array,
  lane: number,
  { vectors, from }: { readonly vectors: Float64Array; readonly from: number },
  places: readonly number[],
): number {
  let squares = 0;
  for (let at = 0; at < places.length; at++) {
    const value = vectors[from + places[at]];
    squares += value * value;
  }
  const length = Math.sqrt(squares);
  let sum = 0;
  for (let at = 0; at < places.length; at++) {
    const value = vectors[from + places[at]] / length;
    block[at * BLOCK + lane] = value;
    sum += value;
  }
  return sum;
}

/** Beyond the last rotation, nothing is kept. */
function raise(
  maxima: Float64Array,
  at: number,
  first: number,
  second: number,
  third: number,
  fourth: number,
): void {
  if (first > maxima[at]) maxima[at] = first;
  if (second > maxima[at + 1]) maxima[at + 1] = second;
  if (third > maxima[at + 2]) maxima[at + 2] = third;
  if (fourth > maxima[at + 3]) maxima[at + 3] = fourth;
}

/** @param bySize Of each rotation the largest |cosine|, by number of pairs. */
function maximaOf(bySize: ReadonlyMap<number, Float64Array>): RotationMaxima {
  const [[, first], ...others] = bySize;
  if (others.length === 0) {
    return {
      count: first.length,
      reached: (t, n) => countFrom(first, cosineOf(t, n)),
      exceededBy: (place, n) => tOf(nthLargest(first, place), n),
    };
  }
  // Negative p-values, so that the most extreme come last.
  const extremes = new Float64Array(first.length).fill(-1);
  for (const [n, cosines] of bySize) {
    cosines.forEach((cosine, rotation) => {
      extremes[rotation] = Math.max(extremes[rotation], -pOf(tOf(cosine, n), n));
    });
  }
  return {
    count: extremes.length,
    reached: (t, n) => countFrom(extremes, -pOf(t, n)),
    exceededBy: (place, n) => -tQuantile(-nthLargest(extremes, place) / 2, n - 1),
  };
}

function pOf(t: number, n: number): number {
  return 2 * tCdf(-t, n - 1);
}

function tOf(cosine: number, n: number): number {
  const rest = 1 - cosine * cosine;
  return rest > 0 ? cosine * Math.sqrt((n - 1) / rest) : Infinity;
}

function cosineOf(t: number, n: number): number {
  return t === Infinity ? 1 : t / Math.sqrt(t * t + n - 1);
}

/** How many values are at least this one. */
function countFrom(values: Float64Array, least: number): number {
  let count = 0;
  for (let at = 0; at < values.length; at++) if (values[at] >= least) count++;
  return count;
}

/**
 * The value at a place, from 1, if the largest came first.
 *
 * Source: Hoare, Algorithm 65: Find (1961). A sort of 9,999 values takes as long as all rotations of a
 * few cells.
 */
function nthLargest(values: Float64Array, place: number): number {
  const rest = values.slice();
  const target = rest.length - place;
  let [low, high] = [0, rest.length - 1];
  while (low < high) {
    const pivot = rest[(low + high) >> 1];
    let [left, right] = [low, high];
    while (left <= right) {
      while (rest[left] < pivot) left++;
      while (rest[right] > pivot) right--;
      if (left > right) break;
      const value = rest[left];
      rest[left++] = rest[right];
      rest[right--] = value;
    }
    if (target <= right) high = right;
    else if (target >= left) low = left;
    else break;
  }
  return rest[target];
}
