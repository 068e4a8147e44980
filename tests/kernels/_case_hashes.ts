import type { Kernels, Precision } from "../../src/kernels/kernels.ts";
import { SCRATCH_BYTES } from "../../src/kernels/kernels.ts";
import { type KernelName, NATIVE_PARAMETERS } from "../../src/kernels/native_parameters.ts";
import { sha256 } from "../../src/sha256.ts";
import { callCase } from "./_call_case.ts";
import { kernelCase } from "./_kernel_cases.ts";

/** By case of each kernel that native/ has, the SHA-256 of what it returns and leaves in the memory. */
export async function caseHashes(
  kernelsOf: (precision: Precision) => Kernels,
  cases: number,
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const precision of ["f32", "f64"] as const) {
    const kernels = kernelsOf(precision);
    for (const kernel of Object.keys(NATIVE_PARAMETERS) as KernelName[]) {
      for (let seed = 0; seed < cases; seed++) {
        const drawn = kernelCase(kernel, precision, seed);
        const { result, after } = callCase(kernels, drawn);
        const hash = await sha256(after.slice(SCRATCH_BYTES));
        const call = `${kernel}(${drawn.args.join(", ")})`;
        hashes[`${precision}, seed ${seed}: ${call}`] = `${result}, ${hash}`;
      }
    }
  }
  return hashes;
}
