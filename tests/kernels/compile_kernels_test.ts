import { assertEquals } from "@std/assert";
import { compileKernels, MATH_SOURCE } from "../../src/kernels/compile_kernels.ts";

Deno.test("compileKernels() gives the committed kernels.wasm, byte for byte", async () => {
  const committed = await Deno.readFile(
    new URL("../../src/kernels/kernels.wasm", import.meta.url),
  );
  assertEquals(await compileKernels(), committed);
});

Deno.test("compileKernels() gives the committed math.wasm, byte for byte", async () => {
  const committed = await Deno.readFile(new URL("../../src/kernels/math.wasm", import.meta.url));
  assertEquals(await compileKernels(MATH_SOURCE), committed);
});
