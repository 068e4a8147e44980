import { assertEquals } from "@std/assert";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { nativeKernels } from "../../src/kernels/native_kernels.ts";
import { nativeLibraries } from "../_native_library.ts";
import { GOLDEN } from "./_golden_runs.ts";
import { KERNEL_RUNS } from "./_kernel_runs.ts";

const module = await loadKernelsModule();
const libraries = await nativeLibraries();

for (const [index, { name, precision, digest }] of KERNEL_RUNS.entries()) {
  Deno.test({
    name: `the digest is the same with native kernels: ${name}` +
      (libraries.length > 0 ? "" : "; skipped: there is no C compiler"),
    ignore: libraries.length === 0,
    async fn() {
      const expected = await digest(instantiateKernels(module, precision));
      if (index in GOLDEN) assertEquals(expected.slice(0, 16), GOLDEN[index].digest);
      for (const library of libraries) {
        const kernels = nativeKernels(library, instantiateKernels(module, precision));
        assertEquals(await digest(kernels), expected, `${library.bits} bits`);
      }
    },
  });
}
