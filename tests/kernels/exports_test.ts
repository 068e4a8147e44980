import { assertEquals, assertThrows } from "@std/assert";
import { exportSource } from "../../src/kernels/_export_source.ts";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { referenceKernels } from "../../src/kernels/reference.ts";

Deno.test("the module exports every kernel that has a twin, in both precisions, and nothing else", async () => {
  const twins = referenceKernels("f32", new WebAssembly.Memory({ initial: 1 }));
  const names = Object.keys(twins).filter((name) => name !== "precision" && name !== "memory");
  const expected = ["f32", "f64"].flatMap((precision) =>
    names.map((name) => `${precision}_${name}`)
  );
  const exported = WebAssembly.Module.exports(await loadKernelsModule()).map(({ name }) => name);
  assertEquals(exported.sort(), expected.sort());
});

Deno.test("exportSource() passes each precision to the generic function", () => {
  const sources = new Map([["a", "export function sum<T>(\n  x: usize, by: T,\n): i32 {}"]]);
  assertEquals(
    exportSource(["sum"], sources),
    `// @ts-nocheck: AssemblyScript
import { sum } from "./a";
export function f32_sum(x: usize, by: f32,): i32 {
  return sum<f32>(x, by,);
}
export function f64_sum(x: usize, by: f64,): i32 {
  return sum<f64>(x, by,);
}
`,
  );
});

Deno.test("exportSource() fails for a kernel without a function", () => {
  const message = "Cannot find kernel mean: no file exports mean<T>()";
  assertThrows(() => exportSource(["mean"], new Map()), Error, message);
});
