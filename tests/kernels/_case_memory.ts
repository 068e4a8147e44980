import { lanesOf, type Precision, SCRATCH_BYTES } from "../../src/kernels/kernels.ts";
import { rowPitch } from "../../src/kernels/layouts.ts";
import type { KernelName } from "../../src/kernels/native_parameters.ts";
import { Dice } from "../_dice.ts";
import { fillWithKind, NUMBER_KINDS } from "./_number_kinds.ts";

const PAGE_BYTES = 65_536;

/** Sizes at and around those at which kernels go on in another way. */
const SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 16, 17, 31, 33, 64, 65, 129, 257, 300, 784];
const MANY_ROWS = [255, 256, 257, 511, 512, 513, 517, 1030];

/** How much work a case may be for the twins, and how many numbers a matrix may have. */
const MOST_PRODUCTS = 100_000;
const MOST_NUMBERS = 20_000;

/** A call of a kernel: its arguments, and all of the memory before it. */
export interface KernelCase {
  readonly kernel: KernelName;
  readonly precision: Precision;
  readonly args: readonly number[];
  readonly memory: Uint8Array;
  /** Where float64 are, in either precision. */
  readonly float64s: readonly number[];
}

/** A place for activations in lane panels. */
interface Activations {
  readonly at: number;
  readonly panels: number;
  readonly stride: number;
}

export const padded = (count: number) => Math.ceil(count / 4) * 4;

/**
 * Draws a kernel's arguments and what its memory holds. Matrices have any 16-byte alignment within a
 * cache line, and at least a line of numbers around them that no kernel may change.
 */
export class CaseMemory {
  readonly dice: Dice;
  readonly lanes: number;
  readonly size: number;
  #end = SCRATCH_BYTES;
  readonly #writes: ((memory: ArrayBuffer) => void)[] = [];
  readonly #float64s: number[] = [];

  constructor(
    private readonly kernel: KernelName,
    private readonly precision: Precision,
    private readonly seed: number,
  ) {
    this.dice = new Dice(`${kernel}/${precision}`, seed);
    this.lanes = lanesOf(precision);
    this.size = 16 / this.lanes;
  }

  /** The case with these arguments. */
  caseOf(args: readonly number[]): KernelCase {
    const pages = Math.ceil((this.#end + 128) / PAGE_BYTES);
    const memory = new Uint8Array(pages * PAGE_BYTES);
    const kind = NUMBER_KINDS[this.seed % NUMBER_KINDS.length];
    fillWithKind(this.precision, memory, kind, this.dice.below(2 ** 32));
    for (const write of this.#writes) write(memory.buffer);
    const { kernel, precision } = this;
    return { kernel, precision, args, memory, float64s: this.#float64s };
  }

  /** A random shape, of fewer inputs and outputs where it would be too much work. */
  shape(): { rows: number; inputs: number; outputs: number } {
    const { dice } = this;
    const rows = dice.one([1, 1 + dice.below(40), 1 + dice.below(300), dice.one(MANY_ROWS)]);
    const shape = { rows, inputs: dice.one(SIZES), outputs: dice.one(SIZES) };
    while (isTooLarge(shape)) {
      if (shape.inputs > shape.outputs) shape.inputs = Math.ceil(shape.inputs / 2);
      else shape.outputs = Math.ceil(shape.outputs / 2);
    }
    return shape;
  }

  /** A place of this many bytes. */
  region(bytes: number): number {
    const at = Math.ceil(this.#end / 64) * 64 + 64 + 16 * this.dice.below(4);
    this.#end = at + bytes;
    return at;
  }

  numbers(count: number): number {
    return this.region(count * this.size);
  }

  activations(rows: number, features: number): Activations {
    const panels = Math.ceil(rows / this.lanes);
    const stride = padded(features) * 16 + this.dice.one([0, 0, 16, 64, 208]);
    return { at: this.region(panels * stride), panels, stride };
  }

  weights(inputs: number, outputs: number): number {
    return this.numbers(inputs * padded(outputs));
  }

  /** Row-major rows. */
  rows(rows: number, features: number): number {
    return this.region(rows * rowPitch(this.size, features));
  }

  /** Some matrices of whole vectors, and their bytes. */
  vectors(count: number): number[] {
    const bytes = 16 * (1 + this.dice.below(this.dice.one([4, 70, 1000])));
    return [...Array.from({ length: count }, () => this.region(bytes)), bytes];
  }

  /** Numbers that are not negative, and not below `least`. */
  positive(bytes: number, least = 0): number {
    const at = this.region(bytes);
    this.#writes.push((memory) => {
      const values = this.#values(memory, at, bytes);
      values.forEach((value, n) => values[n] = Math.abs(value) + least);
    });
    return at;
  }

  /** All ones or all zeros for each number. */
  mask(bytes: number): number {
    const at = this.region(bytes);
    const bits = Array.from({ length: bytes / this.size }, () => this.dice.happens(0.7) ? 255 : 0);
    this.#writes.push((memory) => {
      bits.forEach((bit, n) => new Uint8Array(memory, at + n * this.size, this.size).fill(bit));
    });
    return at;
  }

  integers(values: readonly number[]): number {
    const at = this.region(values.length * 4);
    this.#writes.push((memory) => new Int32Array(memory, at, values.length).set(values));
    return at;
  }

  /** A generator's state. */
  state(): number {
    return this.integers(Array.from({ length: 16 }, () => this.dice.below(2 ** 32)));
  }

  /** Labels of rows, some of which are padding. */
  labels(rows: number, classes: number): number {
    return this.integers(
      Array.from({ length: rows }, () => this.dice.happens(0.1) ? -1 : this.dice.below(classes)),
    );
  }

  /** Quantities of rows; those that are NaN are padding's. */
  targets(rows: number): number {
    return this.numbers(Math.ceil(rows / this.lanes) * this.lanes);
  }

  /** Units of each row that are dropped. */
  lists(rows: number, width: number): { units: number; counts: number } {
    const rate = this.dice.one([0, 0.03, 0.3, 1]);
    const all = Array.from({ length: width }, (_, unit) => unit);
    const lists = Array.from({ length: rows }, () => all.filter(() => this.dice.happens(rate)));
    const units = lists.flatMap((list) =>
      [...list, ...new Array(padded(width)).fill(0)]
        .slice(0, padded(width))
    );
    return { units: this.integers(units), counts: this.integers(lists.map((list) => list.length)) };
  }

  /** Sums in float64, which begin at 0. */
  float64s(count: number): number {
    const at = this.region(count * 8);
    for (let n = 0; n < count; n++) this.#float64s.push(at + 8 * n);
    this.#writes.push((memory) => new Float64Array(memory, at, count).fill(0));
    return at;
  }

  factor(): number {
    return this.dice.one([1, 1.25, -3, 1 / 3, 1e-30, 0]);
  }

  share(): number {
    return this.dice.one([0, 1e-4, 0.1, 0.9, 0.999, this.dice.random()]);
  }

  limit(): number {
    return this.dice.one([Infinity, 1, 0.3]);
  }

  /** Of drawing a unit, of 2³². */
  threshold(): number {
    return this.dice.one([0, 1, this.dice.below(2 ** 32), 2 ** 31, 2 ** 32 - 1]);
  }

  #values(memory: ArrayBuffer, at: number, bytes: number): Float32Array | Float64Array {
    return this.precision === "f32"
      ? new Float32Array(memory, at, bytes / 4)
      : new Float64Array(memory, at, bytes / 8);
  }
}

function isTooLarge({ rows, inputs, outputs }: { rows: number; inputs: number; outputs: number }) {
  const most = Math.max(rows * inputs, rows * outputs, inputs * outputs);
  return most > MOST_NUMBERS || rows * inputs * outputs > MOST_PRODUCTS;
}
