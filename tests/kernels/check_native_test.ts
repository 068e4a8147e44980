import { assert, assertEquals } from "@std/assert";
import { differingKernel } from "../../src/kernels/check_native.ts";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { NATIVE_PARAMETERS } from "../../src/kernels/native_parameters.ts";
import { nativeLibrary } from "../_native_library.ts";
import { PRECISIONS } from "./_twins.ts";

const NAMES = Object.keys(NATIVE_PARAMETERS);
const module = await loadKernelsModule();
const library = await nativeLibrary();

Deno.test({
  name: "differingKernel() finds none in the library of any width",
  ignore: !library,
  fn: () => {
    assert(library);
    for (const bits of library.widths) {
      for (const precision of PRECISIONS) {
        assertEquals(differingKernel({ ...library, bits }, module, precision), undefined);
      }
    }
  },
});

/** A library that takes all kernels of 128 bits but one from another; that one does nothing. */
async function withIdle(folder: string, idle: string, path: string): Promise<string> {
  const library = `${folder}/${idle}.so`;
  const source = `${folder}/${idle}.c`;
  const names = PRECISIONS.map((precision) => `int ${idle}_${precision}_128(void) { return 0; }`);
  await Deno.writeTextFile(source, names.join("\n"));
  // A name that the first library has stands before the same name in those that it needs.
  const args = ["-shared", "-fPIC", "-o", library, source, "-Wl,--no-as-needed", path];
  const { success, stderr } = await new Deno.Command("cc", { args, stderr: "piped" }).output();
  assert(success, new TextDecoder().decode(stderr));
  return library;
}

Deno.test({
  name: "differingKernel() finds each kernel that does nothing",
  ignore: !library || Deno.build.os !== "linux",
  fn: async () => {
    assert(library);
    const folder = await Deno.makeTempDir({ prefix: "regsweep-" });
    try {
      for (const idle of NAMES) {
        const wrong = { path: await withIdle(folder, idle, library.path), bits: 128 } as const;
        for (const precision of PRECISIONS) {
          assertEquals(differingKernel(wrong, module, precision), idle);
        }
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
