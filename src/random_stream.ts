/** Draws the next number, uniform in [0, 1). */
export type RandomStream = () => number;

/** A double in [0, 1) has so many values between two powers of two, and twice as many from 0.5 on. */
const LEAST_NUMERATOR = 0x10000000000000;
const BEYOND_NUMERATORS = 0x20000000000000;
/** Bytes that a draw begins with, and the number of their values. */
const FIRST_BYTES = 6;
const FIRST_VALUES = 0x1000000000000;

/**
 * A stream of random numbers that depends only on its name.
 *
 * Each use has its own name (`3/split`, `3/init`, ...), so that drawing more numbers for one use
 * never changes those of another.
 *
 * The numbers are those of the package seedrandom, which takes longer to load than to draw a split: it
 * loads Node's cryptography for seeds that nobody asks it for.
 *
 * Source: David Bau, Random Seeds, Coded Hints, and Quintillions (2010).
 */
export function randomStream(name: string): RandomStream {
  return resumableStream(name).random;
}

/** A random stream that can go on from where another one of its kind was. */
export interface ResumableStream {
  readonly random: RandomStream;
  /** All that its next numbers depend on, to be copied and overwritten. */
  readonly state: Uint8Array;
}

/** The stream that `randomStream()` gives, with its state. */
export function resumableStream(name: string): ResumableStream {
  const bytes = new Arc4(keyOf(name));
  const random = () => {
    let numerator = bytes.next(FIRST_BYTES);
    let denominator = FIRST_VALUES;
    let lowest = 0;
    while (numerator < LEAST_NUMERATOR) {
      numerator = (numerator + lowest) * 256;
      denominator *= 256;
      lowest = bytes.next(1);
    }
    // Halved before the lowest byte is added: the sum has no more digits than a double, and is not rounded.
    while (numerator >= BEYOND_NUMERATORS) {
      numerator /= 2;
      denominator /= 2;
      lowest >>>= 1;
    }
    return (numerator + lowest) / denominator;
  };
  return { random, state: bytes.state };
}

/** A name as a key of at most 256 bytes, into which all of its code units are mixed. */
function keyOf(name: string): number[] {
  const key: number[] = [];
  let smear = 0;
  for (let at = 0; at < name.length; at++) {
    smear ^= (key[at & 255] ?? 0) * 19;
    key[at & 255] = (smear + name.charCodeAt(at)) & 255;
  }
  return key.length > 0 ? key : [0];
}

/** The generator ARC4, without its first 256 bytes. */
class Arc4 {
  /** The permutation, then i and j. */
  readonly state: Uint8Array = new Uint8Array(258);

  constructor(key: readonly number[]) {
    const { state } = this;
    for (let i = 0; i < 256; i++) state[i] = i;
    for (let i = 0, j = 0; i < 256; i++) {
      const value = state[i];
      j = (j + key[i % key.length] + value) & 255;
      state[i] = state[j];
      state[j] = value;
    }
    for (let dropped = 0; dropped < 256; dropped++) this.next(1);
  }

  /** The next bytes as one number, the first byte highest. */
  next(bytes: number): number {
    const { state } = this;
    let i = state[256];
    let j = state[257];
    let number = 0;
    for (let left = bytes; left > 0; left--) {
      i = (i + 1) & 255;
      const value = state[i];
      j = (j + value) & 255;
      const other = state[j];
      state[i] = other;
      state[j] = value;
      number = number * 256 + state[(other + value) & 255];
    }
    state[256] = i;
    state[257] = j;
    return number;
  }
}

/** Shuffles in place, uniformly over all orders. Source: Durstenfeld, Algorithm 235 (1964). */
export function shuffle(values: Int32Array, random: RandomStream): void {
  for (let last = values.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    const value = values[last];
    values[last] = values[chosen];
    values[chosen] = value;
  }
}
