import { assert, assertEquals } from "@std/assert";
import { lanesOf } from "../../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { panelBytes, panelStride } from "../../../src/kernels/layouts.ts";
import { GENERATOR_BYTES, seedGenerator } from "../../../src/trainers/mlp/kernel_generator.ts";
import { ShakeDrop, shakeRates } from "../../../src/trainers/mlp/_shake_drop.ts";
import { Arena } from "../../../src/trainers/mlp/arena.ts";

const module = await loadKernelsModule();
const [ROWS, OUTPUTS, RATE] = [7, 5, 0.3];

/** A branch whose activations, and their gradients, are all 1. */
function branchOf(precision: "f32" | "f64") {
  const kernels = instantiateKernels(module, precision);
  const lanes = lanesOf(precision);
  const arena = new Arena();
  const random = arena.region(GENERATOR_BYTES);
  const shakeDrop = new ShakeDrop(kernels, arena, { rate: RATE, random, capacity: ROWS });
  const bytes = panelBytes(precision, ROWS, OUTPUTS);
  const [from, to, gradient] = [1, 2, 3].map(() => arena.region(bytes));
  arena.allocate(kernels.memory);
  seedGenerator(kernels, random, "test");
  const stride = panelStride(OUTPUTS);
  const panels = Math.ceil(ROWS / lanes);
  const branch = { rows: ROWS, panels, outputs: OUTPUTS, stride };
  const { buffer } = kernels.memory;
  const view = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  const size = view.BYTES_PER_ELEMENT;
  /** Every row's numbers, padding rows included. */
  const rowsAt = (offset: number) =>
    Array.from({ length: panels * lanes }, (_, b) =>
      Array.from({ length: OUTPUTS }, (_, o) => {
        return view[(offset + Math.floor(b / lanes) * stride + o * 16) / size + b % lanes];
      }));
  const reset = () => {
    for (const offset of [from, gradient]) view.fill(1, offset / size, (offset + bytes) / size);
  };
  return { shakeDrop, from, to, gradient, branch, rowsAt, reset };
}

for (const precision of ["f32", "f64"] as const) {
  Deno.test(`ShakeDrop gives each row factors of its own, in its share of steps: ${precision}`, () => {
    const { shakeDrop, from, to, gradient, branch, rowsAt, reset } = branchOf(precision);
    const factors: number[][] = [[], []];
    const steps = 2000;
    let shaken = 0;
    for (let step = 0; step < steps; step++) {
      reset();
      const at = shakeDrop.forward(from, to, branch, "training");
      shakeDrop.backward(gradient, branch);
      const passes = [rowsAt(at), rowsAt(gradient)];
      if (at === from) {
        assertEquals(passes.flat(2).every((value) => value === 1), true);
        continue;
      }
      shaken++;
      for (const [pass, rows] of passes.entries()) {
        for (const row of rows) assertEquals(new Set(row).size, 1, "one factor for a row");
        factors[pass].push(...rows.slice(0, ROWS).map(([factor]) => factor));
        assertEquals(rows.slice(ROWS).flat().every((value) => value === 0), true, "padding");
      }
    }
    // Within four standard deviations of the binomial distribution.
    const deviation = Math.sqrt(RATE * (1 - RATE) / steps);
    assert(Math.abs(shaken / steps - RATE) < 4 * deviation, `${shaken} of ${steps}`);
    const bounds = [[-1, 1], [0, 1]];
    for (const [pass, values] of factors.entries()) {
      const [low, high] = bounds[pass];
      assert(values.every((value) => value >= low && value <= high));
      assertEquals(new Set(values).size > 0.99 * values.length, true);
      const mean = values.reduce((sum, value) => sum + value) / values.length;
      const error = (high - low) / Math.sqrt(12 * values.length);
      assert(Math.abs(mean - (low + high) / 2) < 4 * error, `mean ${mean}`);
      assert(Math.min(...values) < low + 0.01 && Math.max(...values) > high - 0.01);
    }
  });
}

Deno.test("ShakeDrop multiplies by its expectation in evaluation, and draws nothing", () => {
  const [evaluated, other] = [branchOf("f64"), branchOf("f64")];
  const next = ({ shakeDrop, from, to, branch, rowsAt, reset }: ReturnType<typeof branchOf>) => {
    reset();
    return rowsAt(shakeDrop.forward(from, to, branch, "training"));
  };
  const { shakeDrop, from, to, branch, rowsAt, reset } = evaluated;
  for (let step = 0; step < 9; step++) {
    reset();
    const rows = rowsAt(shakeDrop.forward(from, to, branch, "evaluation"));
    assertEquals(rows.flat().every((value) => value === 1 - RATE), true);
    assertEquals(next(evaluated), next(other));
  }
});

Deno.test("shakeRates() grow in proportion to the place among the skip connections", () => {
  assertEquals(shakeRates(0.5, [false, true, false, true, false]), [0, 0.25, 0, 0.5, 0]);
  assertEquals(shakeRates(0.5, [false, false]), [0, 0]);
});
