import { assertEquals } from "@std/assert";
import { compileNative } from "../../src/kernels/compile_native.ts";
import { type Kernels, type Precision, SCRATCH_BYTES } from "../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { nativeKernels, type VectorBits, widestVectors } from "../../src/kernels/native_kernels.ts";
import { referenceKernels } from "../../src/kernels/reference.ts";

const module = await loadKernelsModule();
const library = await compileNative();

const WIDTHS: readonly VectorBits[] = [128, 256, 512];

/** What must equal the twins: WebAssembly's kernels, and native ones of each width of this machine. */
const IMPLEMENTATIONS: readonly { name: string; make: (kernels: Kernels) => Kernels }[] = [
  { name: "WebAssembly", make: (kernels) => kernels },
  ...WIDTHS.filter((bits) => bits <= widestVectors(library)).map((bits) => ({
    name: `native, ${bits} bits`,
    make: (kernels: Kernels) => nativeKernels(library, kernels, bits),
  })),
];

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

/**
 * Runs each implementation of a kernel and its twin on equal memories and compares every byte that is
 * not scratch, but for the payloads of NaN, which processors choose.
 */
export function assertTwins(
  precision: Precision,
  seed: number,
  run: (kernels: Kernels) => unknown,
  prepare: (kernels: Kernels) => void = () => {},
  bytes = 6 * 65536,
): void {
  const memoryOf = (kernels: Kernels) => {
    const missing = bytes - kernels.memory.buffer.byteLength;
    if (missing > 0) kernels.memory.grow(Math.ceil(missing / 65536));
    fill(kernels, seed);
    prepare(kernels);
    return kernels;
  };
  const twins = memoryOf(referenceKernels(precision, new WebAssembly.Memory({ initial: 1 })));
  const expectedResult = run(twins);
  const expected = new Int32Array(twins.memory.buffer, SCRATCH_BYTES);
  for (const { name, make } of IMPLEMENTATIONS) {
    const kernels = make(memoryOf(instantiateKernels(module, precision)));
    assertEquals(run(kernels), expectedResult, name);
    const actual = new Int32Array(kernels.memory.buffer, SCRATCH_BYTES);
    assertEquals(actual.length, expected.length);
    const isNan = nanIn(precision, actual), isExpectedNan = nanIn(precision, expected);
    let first = 0;
    while (
      first < actual.length &&
      (actual[first] === expected[first] || isNan(first) && isExpectedNan(first))
    ) first++;
    const place = `${name}: first difference at byte ${4 * first + SCRATCH_BYTES}`;
    assertEquals(first, actual.length, place);
  }
}

/** Whether the number that a word is part of is NaN. */
function nanIn(precision: Precision, words: Int32Array): (word: number) => boolean {
  const { buffer, byteOffset } = words;
  if (precision === "f32") {
    const values = new Float32Array(buffer, byteOffset);
    return (word) => Number.isNaN(values[word]);
  }
  const values = new Float64Array(buffer, byteOffset);
  return (word) => Number.isNaN(values[word >> 1]);
}
