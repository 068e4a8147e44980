import { assert, assertEquals } from "@std/assert";
import { differingKernel } from "../../src/kernels/check_native.ts";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import type { NativeKernels } from "../../src/kernels/native_library.ts";
import { NATIVE_PARAMETERS } from "../../src/kernels/native_parameters.ts";
import { nativeLibraries } from "../_native_library.ts";
import { PRECISIONS } from "./_twins.ts";

const NAMES = Object.keys(NATIVE_PARAMETERS);
const module = await loadKernelsModule();
const libraries = await nativeLibraries();

Deno.test({
  name: "differingKernel() finds none in the library of any width",
  ignore: libraries.length === 0,
  fn: () => {
    for (const library of libraries) {
      for (const precision of PRECISIONS) {
        assertEquals(differingKernel(library, module, precision), undefined);
      }
    }
  },
});

/** A library that takes all kernels but one from another; that one does nothing. */
async function withIdle(
  folder: string,
  idle: string,
  { path, bits }: NativeKernels,
): Promise<NativeKernels> {
  const library = `${folder}/${idle}.so`;
  const source = `${folder}/${idle}.c`;
  const names = PRECISIONS.map((precision) =>
    `int ${idle}_${precision}_${bits}(void) { return 0; }`
  );
  await Deno.writeTextFile(source, names.join("\n"));
  // A name that the first library has stands before the same name in those that it needs.
  const args = ["-shared", "-fPIC", "-o", library, source, "-Wl,--no-as-needed", path];
  const { success, stderr } = await new Deno.Command("cc", { args, stderr: "piped" }).output();
  assert(success, new TextDecoder().decode(stderr));
  return { path: library, bits };
}

Deno.test({
  name: "differingKernel() finds each kernel that does nothing",
  ignore: libraries.length === 0 || Deno.build.os !== "linux",
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "regsweep-" });
    try {
      for (const idle of NAMES) {
        const wrong = await withIdle(folder, idle, libraries[0]);
        for (const precision of PRECISIONS) {
          assertEquals(differingKernel(wrong, module, precision), idle);
        }
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
