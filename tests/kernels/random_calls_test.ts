import { assertEquals } from "@std/assert";
import { SCRATCH_BYTES } from "../../src/kernels/kernels.ts";
import { callCase } from "./_call_case.ts";
import { firstDifference } from "./_first_difference.ts";
import { caseKernels, kernelCase } from "./_kernel_cases.ts";
import { implementationsOf, PRECISIONS } from "./_twins.ts";

/** Cases of a kernel in each precision: each kind of numbers four times. */
const CASES = 28;

for (const kernel of caseKernels()) {
  Deno.test(`${kernel}() equals its reference, whatever the shapes, places and numbers`, () => {
    for (const precision of PRECISIONS) {
      for (let seed = 0; seed < CASES; seed++) {
        const drawn = kernelCase(kernel, precision, seed);
        const { twins, others } = implementationsOf(precision, drawn.memory.length);
        const expected = callCase(twins, drawn);
        for (const [name, kernels] of others) {
          const actual = callCase(kernels, drawn);
          const place = `${name}, ${precision}, seed ${seed}: ${kernel}(${drawn.args.join(", ")})`;
          assertEquals(actual.result, expected.result, place);
          const at = firstDifference(precision, actual.after, expected.after, SCRATCH_BYTES);
          assertEquals(at, undefined, `${place}: the first byte that differs`);
        }
      }
    }
  });
}
