import { assertEquals, fail } from "@std/assert";
import { chooseLibrary, othersMayUseLibraries } from "../../src/trainers/choose_library.ts";
import { KERNELS_CHOICES } from "../../src/trainers/kernels_choice.ts";
import type { OwnCode } from "../../src/trainers/own_code.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { nativeLibraries } from "../_native_library.ts";

const libraries = await nativeLibraries();
const isCompiled = libraries.length > 0;
const skipped = isCompiled ? "" : "; skipped: there is no C compiler";
const trainers = BUILT_IN.select(["mlp", "notebook"]);

Deno.test({
  name: `chooseLibrary() takes the widest library that this processor can run${skipped}`,
  ignore: !isCompiled,
  async fn() {
    const library = await chooseLibrary("native", trainers, fail);
    assertEquals(library, { ...libraries[0], precisions: ["f32", "f64"] });
  },
});

Deno.test({
  name: `othersMayUseLibraries() lets tasks load what this machine may not need${skipped}`,
  ignore: !isCompiled,
  async fn() {
    for (const choice of KERNELS_CHOICES) {
      assertEquals(await othersMayUseLibraries(choice, trainers), choice !== "wasm");
    }
    const own = { ...trainers[0], own: {} as OwnCode };
    assertEquals(await othersMayUseLibraries("auto", [...trainers, own]), false);
  },
});
