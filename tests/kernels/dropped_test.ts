import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Kernels, lanesOf } from "../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { assertTwins, PRECISIONS } from "./_twins.ts";

const places = Array.from({ length: 11 }, (_, n) => (n + 1) * 65536);
const [A, B, C, D, STATE, UNITS, COUNTS, COEFFICIENTS, UNIT_ROWS, UNIT_COUNTS, UNIT_A] = places;
const BYTES = 12 * 65536;

const shape = fc.record({
  precision: fc.constantFrom(...PRECISIONS),
  seed: fc.nat(),
  panels: fc.integer({ min: 1, max: 9 }),
  width: fc.integer({ min: 1, max: 70 }),
  /** In float32; half as many in float64. */
  features: fc.integer({ min: 1, max: 150 }),
  rate: fc.constantFrom(0, 0.025, 0.2, 0.5, 1),
});
type Shape = typeof shape extends fc.Arbitrary<infer T> ? T : never;

const strideOf = (features: number) => Math.ceil(features / 4) * 64;
const thresholdOf = (rate: number) => Math.min(Math.round(rate * 2 ** 32), 2 ** 32 - 1);

/** Draws lists, runs a kernel and compares everything with what its twin does. */
function checkDropped(run: (kernels: Kernels, s: Shape & { rows: number }) => void): void {
  fc.assert(
    fc.property(shape, (s) => {
      const rows = s.panels * lanesOf(s.precision);
      assertTwins(
        s.precision,
        s.seed,
        (k) => {
          const threshold = thresholdOf(s.rate);
          k.drawDropped(STATE, UNITS, COUNTS, s.panels, s.width, strideOf(s.width), threshold);
          const features = Math.ceil(s.features * lanesOf(s.precision) / 4);
          run(k, { ...s, rows, features });
        },
        () => {},
        BYTES,
      );
    }),
    { numRuns: 100, seed: 1 },
  );
}

Deno.test("drawDropped() equals its reference bit for bit", () => checkDropped(() => {}));

Deno.test("drawDropped() lists what drawDropout() drops, and leaves the same state", async () => {
  const module = await loadKernelsModule();
  fc.assert(
    fc.property(shape, ({ precision, seed, panels, width, rate }) => {
      const k = instantiateKernels(module, precision);
      k.memory.grow(11);
      const { buffer } = k.memory;
      const words = new Uint32Array(buffer, STATE, 32);
      words.forEach((_, n) => words[n] = Math.imul(seed + n % 16 + 1, 2654435761));
      const lanes = lanesOf(precision);
      const stride = strideOf(width);
      k.drawDropped(STATE, UNITS, COUNTS, panels, width, stride, thresholdOf(rate));
      k.drawDropout(STATE + 64, A, panels * stride, thresholdOf(rate), 1);
      assertEquals([...words.subarray(0, 16)], [...words.subarray(16)]);
      const mask = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
      const size = mask.BYTES_PER_ELEMENT;
      for (let b = 0; b < panels * lanes; b++) {
        const count = new Int32Array(buffer, COUNTS)[b];
        const units = new Int32Array(buffer, UNITS + b * Math.ceil(width / 4) * 16, count);
        const at = (A + Math.floor(b / lanes) * stride) / size + b % lanes;
        const dropped = Array.from({ length: width }, (_, unit) => unit)
          .filter((unit) => mask[at + unit * lanes] === 0);
        assertEquals([...units], dropped);
      }
    }),
    { numRuns: 100, seed: 1 },
  );
});

Deno.test("rows of activations and of weights equal their references bit for bit", () => {
  checkDropped((k, { panels, width, features }) => {
    k.panelsToRows(A, B, panels, features, strideOf(features));
    k.addRowsToPanels(B, C, panels, features, strideOf(features));
    k.weightsToRows(A, D, width, features);
    k.rowsToWeights(D, B, width, features);
  });
});

Deno.test("products with dropped units equal their references bit for bit", () => {
  checkDropped((k, { rows, width, features }) => {
    k.dotDropped(A, B, C, UNITS, COUNTS, COEFFICIENTS, rows, features, width);
    k.combineDropped(COEFFICIENTS, B, D, UNITS, COUNTS, rows, features, width);
    const lists = [UNITS, COUNTS, COEFFICIENTS, D] as const;
    k.transposeDropped(...lists, rows, width, UNIT_ROWS, UNIT_COUNTS, UNIT_A, C);
    k.combineDropped(UNIT_A, A, B, UNIT_ROWS, UNIT_COUNTS, width, features, rows);
    k.sumDropped(C, A, UNIT_COUNTS, width, rows);
  });
});
