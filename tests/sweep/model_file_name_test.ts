import { assertEquals } from "@std/assert";
import type { Cell } from "../../src/experiment/experiment.ts";
import { modelFileName } from "../../src/sweep/save_models.ts";

function nameOf(cell: string, fold?: number): string {
  const task = { trainer: "mlp", config: {}, seed: 3, fold };
  return modelFileName({ key: "0123456789abcdef", cell: { name: cell } as Cell, task });
}

Deno.test("modelFileName() has cell, seed and fold, in letters that every system takes", () => {
  assertEquals(nameOf("l2_penalty=0.001"), "l2_penalty=0.001_seed-3.safetensors");
  assertEquals(nameOf("baseline", 2), "baseline_seed-3_fold-2.safetensors");
  assertEquals(nameOf("a=1 b=[2,3]"), "a=1_b=_2,3__01234567_seed-3.safetensors");
  assertEquals(nameOf("../../etc/passwd"), ".._.._etc_passwd_01234567_seed-3.safetensors");
  // Names that differ in case only, or in what is replaced, are of other files.
  assertEquals(nameOf("A"), "A_01234567_seed-3.safetensors");
  assertEquals(nameOf("größe"), "gr_e_01234567_seed-3.safetensors");
  assertEquals(nameOf("x".repeat(300)).length, 80 + "_01234567_seed-3.safetensors".length);
});
