import { assertEquals, assertThrows } from "@std/assert";
import { growMemory } from "../../src/kernels/grow_memory.ts";
import { UserError } from "../../src/user_error.ts";

Deno.test("growMemory() makes a memory as long as needed, in whole pages, and no shorter", () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  growMemory(memory, 65_537);
  assertEquals(memory.buffer.byteLength, 2 * 65_536);
  growMemory(memory, 1);
  assertEquals(memory.buffer.byteLength, 2 * 65_536);
});

Deno.test("growMemory() says how much memory was refused", () => {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2 });
  const error = assertThrows(() => growMemory(memory, 2 ** 31), UserError);
  assertEquals(
    error.message,
    "Cannot train: the run needs 2.00 GiB of kernel memory, which this machine refuses",
  );
  assertEquals(error.exitCode, 1);
});
