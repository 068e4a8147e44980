import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Kernels, lanesOf, type Precision } from "../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { referenceKernels } from "../../src/kernels/reference.ts";
import { assertTwins, PRECISIONS } from "./_twins.ts";

const module = await loadKernelsModule();
const [A, B, C] = [1, 2, 3].map((n) => n * 65536);
const DELTAS = [Infinity, 1, 0.3];

function numbersOf({ precision, memory }: Kernels, at: number, length: number) {
  return precision === "f32"
    ? new Float32Array(memory.buffer, at, length)
    : new Float64Array(memory.buffer, at, length);
}

const shape = fc.record({
  precision: fc.constantFrom(...PRECISIONS),
  seed: fc.nat(),
  rows: fc.integer({ min: 1, max: 40 }),
  features: fc.integer({ min: 1, max: 21 }),
  extraStride: fc.constantFrom(0, 64),
});
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

function checkShapes(
  run: (kernels: Kernels, s: Shape & { panels: number; stride: number }) => void,
) {
  fc.assert(
    fc.property(shape, (s) => {
      const panels = Math.ceil(s.rows / lanesOf(s.precision));
      const stride = Math.ceil(s.features / 4) * 64 + s.extraStride;
      assertTwins(
        s.precision,
        s.seed,
        (kernels) => run(kernels, { ...s, panels, stride }),
        (kernels) => numbersOf(kernels, B, 64).fill(NaN, s.rows),
      );
    }),
    { numRuns: 100, seed: 1 },
  );
}

Deno.test("huberBackward() equals its reference bit for bit", () => {
  for (const delta of DELTAS) {
    checkShapes((k, s) => k.huberBackward(A, B, s.panels, s.stride, 1 / s.rows, delta));
  }
});

Deno.test("huberEvaluate() equals its reference bit for bit", () => {
  for (const delta of DELTAS) {
    checkShapes((k, s) => k.huberEvaluate(A, B, s.panels, s.stride, delta, C));
  }
});

Deno.test("scaleRows() equals its reference bit for bit", () => {
  checkShapes((k, s) => {
    numbersOf(k, B, 64).fill(0, s.rows);
    k.scaleRows(A, B, s.panels, s.features, s.stride);
  });
});

/** One gradient and one loss per error, by a kernel and by its twin; the targets are 0. */
function ofErrors(precision: Precision, errors: readonly number[], delta: number) {
  return [
    instantiateKernels(module, precision),
    referenceKernels(precision, new WebAssembly.Memory({ initial: 1 })),
  ].map((kernels) => {
    kernels.memory.grow(3);
    return errors.map((error) => {
      const outputs = numbersOf(kernels, A, 16);
      outputs.fill(0)[0] = error;
      numbersOf(kernels, B, 4).fill(NaN)[0] = 0;
      const loss = new Float64Array(kernels.memory.buffer, C, 1);
      loss[0] = 0;
      kernels.huberEvaluate(A, B, 1, 64, delta, C);
      kernels.huberBackward(A, B, 1, 64, 0.5, delta);
      return { loss: loss[0], gradient: outputs[0], others: [...outputs.subarray(1)] };
    });
  });
}

Deno.test("Huber's loss and its gradient are right at zeros, at delta, at infinities and at NaN", () => {
  const errors = [0, -0, 0.5, -0.5, 1, -1, 1.5, -3, Infinity, -Infinity, NaN];
  const others = (length: number) => new Array<number>(length).fill(0);
  for (const precision of PRECISIONS) {
    for (const delta of [1, Infinity]) {
      const [fast, plain] = ofErrors(precision, errors, delta);
      const expected = errors.map((error) => {
        const size = Math.abs(error);
        const isLinear = size > delta;
        return {
          loss: isLinear ? size - 0.5 : 0.5 * error ** 2,
          gradient: (isLinear ? Math.sign(error) : error) / 2,
          others: others(15),
        };
      });
      assertEquals(fast, expected);
      assertEquals(plain, expected);
    }
  }
});

Deno.test("rows of padding have no loss and no gradient, whatever their outputs are", () => {
  for (const precision of PRECISIONS) {
    for (const delta of DELTAS) {
      const kernels = instantiateKernels(module, precision);
      kernels.memory.grow(3);
      const outputs = numbersOf(kernels, A, 4 * lanesOf(precision));
      outputs.fill(NaN);
      outputs[1] = Infinity;
      numbersOf(kernels, B, 4).fill(NaN);
      kernels.huberEvaluate(A, B, 1, 64, delta, C);
      kernels.huberBackward(A, B, 1, 64, 0.5, delta);
      assertEquals([...outputs], Array.from(outputs, () => 0));
      assertEquals(new Float64Array(kernels.memory.buffer, C, 1)[0], 0);
    }
  }
});
