import { assertEquals } from "@std/assert";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { nativeKernels } from "../../src/kernels/native_kernels.ts";
import { nativeLibrary } from "../_native_library.ts";
import { GOLDEN } from "./_golden_runs.ts";
import { KERNEL_RUNS } from "./_kernel_runs.ts";

const module = await loadKernelsModule();
const library = await nativeLibrary();

for (const [index, { name, precision, digest }] of KERNEL_RUNS.entries()) {
  Deno.test({
    name: `the digest is the same with native kernels: ${name}` +
      (library ? "" : "; skipped: there is no C compiler"),
    ignore: !library,
    async fn() {
      if (!library) return;
      const expected = await digest(instantiateKernels(module, precision));
      if (index in GOLDEN) assertEquals(expected.slice(0, 16), GOLDEN[index].digest);
      for (const bits of library.widths) {
        const kernels = nativeKernels(library.path, instantiateKernels(module, precision), bits);
        assertEquals(await digest(kernels), expected, `${bits} bits`);
      }
    },
  });
}
