import { assertEquals } from "@std/assert";
import { axisTicks } from "../../../src/report/charts/axis_ticks.ts";

Deno.test("axisTicks() gives round values between the ends", () => {
  assertEquals(axisTicks({ type: "linear" }, [93.7, 97.2], 6), [94, 95, 96, 97]);
  assertEquals(axisTicks({ type: "linear" }, [-0.04, 0.13], 6), [0, 0.05, 0.1]);
});

Deno.test("axisTicks() gives powers of ten on a logarithmic scale, or multiples if they are few", () => {
  assertEquals(axisTicks({ type: "log" }, [3e-5, 0.2], 6), [1e-4, 1e-3, 1e-2, 1e-1]);
  assertEquals(axisTicks({ type: "log" }, [0.004, 0.3], 6), [0.005, 0.01, 0.02, 0.05, 0.1, 0.2]);
});

Deno.test("axisTicks() has no more than there is room for, and 0 where a scale starts there", () => {
  const ticks = axisTicks({ type: "symlog", constant: 1e-12 }, [0, 1], 5);
  assertEquals(ticks, [0, 1e-12, 1e-9, 1e-6, 1e-3, 1]);
});
