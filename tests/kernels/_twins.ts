import { assert, assertEquals } from "@std/assert";
import { type Kernels, type Precision, SCRATCH_BYTES } from "../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { nativeKernels } from "../../src/kernels/native_kernels.ts";
import { referenceKernels } from "../../src/kernels/reference.ts";
import { nativeLibraries } from "../_native_library.ts";
import { firstDifference } from "./_first_difference.ts";

const PAGE_BYTES = 65_536;

const module = await loadKernelsModule();
const libraries = await nativeLibraries();
const isCompiled = libraries.length > 0;

Deno.test({
  name: isCompiled
    ? "native kernels are compared with their references as WebAssembly's are"
    : "native kernels equal their references; skipped: there is no C compiler",
  ignore: !isCompiled,
  fn: () => assert(isCompiled),
});

export const PRECISIONS: readonly Precision[] = ["f32", "f64"];

/** Twins, and what must equal them: WebAssembly's kernels and native ones of each width, by name. */
interface Implementations {
  readonly twins: Kernels;
  readonly others: ReadonlyMap<string, Kernels>;
}

const made = new Map<string, Implementations>();

/** Implementations that share memories of a size; those that must equal the twins share one. */
export function implementationsOf(precision: Precision, bytes: number): Implementations {
  const pages = Math.ceil(bytes / PAGE_BYTES);
  const id = `${precision} ${pages}`;
  const known = made.get(id);
  if (known) return known;
  const twins = referenceKernels(precision, new WebAssembly.Memory({ initial: pages }));
  const kernels = instantiateKernels(module, precision);
  const others = new Map([["WebAssembly", kernels]]);
  for (const library of libraries) {
    others.set(`native, ${library.bits} bits`, nativeKernels(library, kernels));
  }
  // Native kernels see that a memory has grown since they were made.
  kernels.memory.grow(pages - 1);
  made.set(id, { twins, others });
  return { twins, others };
}

/** Fills a memory with numbers that the seed alone determines. */
function fill({ precision, memory }: Kernels, seed: number): void {
  const values = precision === "f32"
    ? new Float32Array(memory.buffer)
    : new Float64Array(memory.buffer);
  let state = seed >>> 0;
  for (let n = 0; n < values.length; n++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[n] = (state / 2 ** 31 - 1) * (state % 7 === 0 ? 30 : 1);
  }
}

/**
 * Runs each implementation of a kernel and its twin on equal memories and compares every byte that is
 * not scratch, but for the payloads of NaN, which processors choose.
 */
export function assertTwins(
  precision: Precision,
  seed: number,
  run: (kernels: Kernels) => unknown,
  prepare: (kernels: Kernels) => void = () => {},
  bytes = 6 * PAGE_BYTES,
): void {
  const { twins, others } = implementationsOf(precision, bytes);
  fill(twins, seed);
  prepare(twins);
  const expected = new Uint8Array(twins.memory.buffer);
  const start = expected.slice();
  const expectedResult = run(twins);
  for (const [name, kernels] of others) {
    const actual = new Uint8Array(kernels.memory.buffer);
    actual.set(start);
    assertEquals(run(kernels), expectedResult, name);
    const at = firstDifference(precision, actual, expected, SCRATCH_BYTES);
    assertEquals(at, undefined, `${name}: the first byte that differs`);
  }
}
