import { assertEquals } from "@std/assert";
import { type Kernels, type Precision, SCRATCH_BYTES } from "../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { referenceKernels } from "../../src/kernels/reference.ts";

const module = await loadKernelsModule();

export const PRECISIONS: readonly Precision[] = ["f32", "f64"];

/** Fills a memory with numbers that the seed alone determines. */
function fill(kernels: Kernels, seed: number): void {
  const values = kernels.precision === "f32"
    ? new Float32Array(kernels.memory.buffer)
    : new Float64Array(kernels.memory.buffer);
  let state = seed >>> 0;
  for (let n = 0; n < values.length; n++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    values[n] = (state / 2 ** 31 - 1) * (state % 7 === 0 ? 30 : 1);
  }
}

/** Runs the kernel and its twin on equal memories and compares every byte that is not scratch. */
export function assertTwins(
  precision: Precision,
  seed: number,
  run: (kernels: Kernels) => unknown,
  prepare: (kernels: Kernels) => void = () => {},
  bytes = 6 * 65536,
): void {
  const kernels = instantiateKernels(module, precision);
  const twins = referenceKernels(precision, new WebAssembly.Memory({ initial: 1 }));
  for (const { memory } of [kernels, twins]) {
    const missing = bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
  }
  fill(kernels, seed);
  prepare(kernels);
  new Uint8Array(twins.memory.buffer).set(new Uint8Array(kernels.memory.buffer));
  const results = [kernels, twins].map(run);
  assertEquals(results[0], results[1]);
  const [actual, expected] = [kernels, twins].map((each) =>
    new Int32Array(each.memory.buffer, SCRATCH_BYTES)
  );
  assertEquals(actual.length, expected.length);
  let first = 0;
  while (first < actual.length && actual[first] === expected[first]) first++;
  assertEquals(first, actual.length, `first difference at byte ${4 * first + SCRATCH_BYTES}`);
}
