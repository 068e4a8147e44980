import { type RandomStream, randomStream } from "../random_stream.ts";

/** Numbers that are kept between calls, 8 MiB in all: a sweep asks for the same vectors again. */
const MOST_KEPT = 1_048_576;
const kept = new Map<string, Float64Array>();

/**
 * Unit vectors of n dimensions, uniform over all directions, the same on every machine.
 *
 * Directions of normal vectors, without a logarithm: a pair of normal numbers has a uniform
 * direction in its plane, and an exponential squared length. The shares of k exponential numbers in
 * their sum are the gaps between k − 1 sorted uniform numbers. Of an odd number of dimensions, one
 * more is drawn and left out.
 *
 * Source: Devroye, Non-Uniform Random Variate Generation (1986), chapter V, sections 2 and 4.
 *
 * @returns (count, n), row-major; not to be changed.
 */
export function unitVectors(n: number, count: number): Float64Array {
  const name = `${n} × ${count}`;
  const known = kept.get(name);
  if (known) return known;
  const random = randomStream(`rotations/${n}`);
  const vectors = new Float64Array(n * count);
  const gaps = new Float64Array(Math.ceil(n / 2));
  for (let row = 0; row < count; row++) {
    drawDirection(vectors.subarray(row * n, (row + 1) * n), gaps, random);
  }
  keep(name, vectors);
  return vectors;
}

/** @param gaps Room for one number per pair of dimensions. */
function drawDirection(vector: Float64Array, gaps: Float64Array, random: RandomStream): void {
  for (let pair = 0; pair < gaps.length; pair++) gaps[pair] = pair === 0 ? 1 : random();
  gaps.sort();
  for (let pair = gaps.length - 1; pair > 0; pair--) gaps[pair] -= gaps[pair - 1];
  let squares = 0;
  for (let pair = 0; pair < gaps.length; pair++) {
    // A uniform point of the disk has a uniform direction.
    let [x, y, square] = [0, 0, 0];
    do {
      x = 2 * random() - 1;
      y = 2 * random() - 1;
      square = x * x + y * y;
    } while (square > 1 || square === 0);
    const scale = Math.sqrt(gaps[pair] / square);
    const at = 2 * pair;
    vector[at] = x * scale;
    squares += vector[at] * vector[at];
    if (at + 1 === vector.length) continue;
    vector[at + 1] = y * scale;
    squares += vector[at + 1] * vector[at + 1];
  }
  const length = Math.sqrt(squares);
  for (let at = 0; at < vector.length; at++) vector[at] /= length;
}

function keep(name: string, vectors: Float64Array): void {
  if (vectors.length > MOST_KEPT) return;
  const total = () => kept.values().reduce((sum, { length }) => sum + length, 0);
  // The oldest go first.
  for (const old of kept.keys()) if (total() + vectors.length > MOST_KEPT) kept.delete(old);
  kept.set(name, vectors);
}
