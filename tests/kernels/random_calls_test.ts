import { assertEquals } from "@std/assert";
import { type Kernels, SCRATCH_BYTES } from "../../src/kernels/kernels.ts";
import { canonicalizeNans, firstDifference } from "./_first_difference.ts";
import type { KernelCase } from "./_case_memory.ts";
import { caseKernels, kernelCase } from "./_kernel_cases.ts";
import { implementationsOf, PRECISIONS } from "./_twins.ts";

/** Cases of a kernel in each precision: each kind of numbers some times. */
const CASES = 28;

/** What a kernel returns and leaves of a case's memory. */
function call(kernels: Kernels, { kernel, precision, args, memory, float64s }: KernelCase) {
  new Uint8Array(kernels.memory.buffer).set(memory);
  const result = (kernels[kernel] as (...args: readonly number[]) => unknown)(...args);
  const after = new Uint8Array(kernels.memory.buffer).slice();
  canonicalizeNans(precision, after, float64s);
  return { result, after };
}

for (const kernel of caseKernels()) {
  Deno.test(`${kernel}() equals its reference, whatever the shapes, places and numbers`, () => {
    for (const precision of PRECISIONS) {
      for (let seed = 0; seed < CASES; seed++) {
        const drawn = kernelCase(kernel, precision, seed);
        const { twins, others } = implementationsOf(precision, drawn.memory.length);
        const expected = call(twins, drawn);
        for (const [name, kernels] of others) {
          const actual = call(kernels, drawn);
          const place = `${name}, ${precision}, seed ${seed}: ${kernel}(${drawn.args.join(", ")})`;
          assertEquals(actual.result, expected.result, place);
          const at = firstDifference(precision, actual.after, expected.after, SCRATCH_BYTES);
          assertEquals(at, undefined, `${place}: the first byte that differs`);
        }
      }
    }
  });
}
