import { growMemory } from "./grow_memory.ts";
import { type Kernels, lanesOf, type Precision, SCRATCH_BYTES } from "./kernels.ts";
import { instantiateKernels } from "./load_kernels.ts";
import { panelBytes, rowPitch } from "./layouts.ts";
import { type CheckMemory, NATIVE_CALLS, padded } from "./native_calls.ts";
import { nativeKernels } from "./native_kernels.ts";
import type { NativeKernels } from "./native_library.ts";
import { NATIVE_PARAMETERS, type NativeKernelName } from "./native_parameters.ts";

interface Call {
  readonly name: NativeKernelName;
  readonly args: readonly number[];
  /** Where the memory of later kernels begins. */
  readonly end: number;
}

interface Layout {
  readonly calls: readonly Call[];
  /** What is written over the made-up numbers: offsets, and int32 from there on. */
  readonly integers: ReadonlyMap<number, ArrayLike<number>>;
}

/** Every call, each with a place of its own in the memory. */
function layOut(precision: Precision): Layout {
  const integers = new Map<number, ArrayLike<number>>();
  const size = precision === "f32" ? 4 : 8;
  let end = SCRATCH_BYTES;
  const take = (bytes: number) => {
    const at = end;
    // Only 16 bytes of alignment are promised, so every other place has no more.
    end += Math.ceil(bytes / 32) * 32 + 16;
    return at;
  };
  const memory: CheckMemory = {
    precision,
    numbers: (count) => take(count * size),
    activations: (panels, features) => {
      return take(panelBytes(precision, panels * lanesOf(precision), features));
    },
    weights: (inputs, outputs) => take(inputs * padded(outputs) * size),
    rows: (rows, features) => take(rows * rowPitch(size, features)),
    integers: (values) => {
      const at = take(4 * values.length);
      integers.set(at, values);
      return at;
    },
  };
  const calls = (Object.keys(NATIVE_PARAMETERS) as NativeKernelName[]).flatMap((name) => {
    const all = NATIVE_CALLS[name](memory);
    return all.map((args) => ({ name, args, end }));
  });
  return { calls, integers };
}

/** Numbers that kernels could treat differently; one number in `every` is one of them. */
interface Special {
  readonly values: readonly number[];
  readonly every: number;
}

const SPECIALS: readonly Special[] = [
  { values: [0, -0, 1e-40, -1e-310, 1, -1], every: 8 },
  // These spread over sums, and would hide what else differs.
  { values: [NaN, Infinity, -Infinity, 1e30, -1e30], every: 128 },
];

function fill(
  { precision, memory }: Kernels,
  { integers }: Layout,
  { values: special, every }: Special,
): void {
  const values = precision === "f32"
    ? new Float32Array(memory.buffer)
    : new Float64Array(memory.buffer);
  let state = 1;
  for (let n = SCRATCH_BYTES / values.BYTES_PER_ELEMENT; n < values.length; n++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[n] = (state >>> 16) % every === 0
      ? special[(state >>> 24) % special.length]
      : state / 2 ** 31 - 1;
  }
  const words = new Int32Array(memory.buffer);
  for (const [at, given] of integers) words.set(given, at >> 2);
}

/**
 * Compares a library's kernels of one precision with WebAssembly's on made-up numbers, in a few
 * milliseconds.
 *
 * @returns the name of a kernel that does not give the same bits, if there is one.
 * @throws {Error} If the library cannot be loaded.
 */
export function differingKernel(
  library: NativeKernels,
  module: WebAssembly.Module,
  precision: Precision,
): NativeKernelName | undefined {
  const layout = layOut(precision);
  const { calls } = layout;
  const [right, other] = [1, 2].map(() => instantiateKernels(module, precision));
  const bytes = calls.at(-1)?.end ?? 0;
  for (const { memory } of [right, other]) growMemory(memory, bytes);
  const native = nativeKernels(library, other);
  for (const special of SPECIALS) {
    fill(right, layout, special);
    new Uint8Array(other.memory.buffer).set(new Uint8Array(right.memory.buffer));
    for (const { name, args } of calls) {
      const results = [right, native].map((kernels) => {
        return (kernels[name] as (...args: readonly number[]) => unknown)(...args);
      });
      if (!Object.is(results[0], results[1])) return name;
    }
    const difference = firstDifference(right, other, bytes);
    if (difference !== undefined) return calls.find(({ end }) => end > difference)?.name;
  }
  return undefined;
}

/** The first byte at which two memories do not hold the same bits; every NaN is the same. */
function firstDifference(
  { precision, memory }: Kernels,
  other: Pick<Kernels, "memory">,
  bytes: number,
): number | undefined {
  const memories = [memory, other.memory];
  const [a, b] = memories.map(({ buffer }) => new Int32Array(buffer, 0, bytes >> 2));
  const [x, y] = memories.map(({ buffer }) =>
    precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer)
  );
  for (let n = SCRATCH_BYTES >> 2; n < a.length; n++) {
    if (a[n] === b[n]) continue;
    const place = Math.floor(4 * n / x.BYTES_PER_ELEMENT);
    if (!Number.isNaN(x[place]) || !Number.isNaN(y[place])) return 4 * n;
  }
  return undefined;
}
