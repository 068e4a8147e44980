import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { lanesOf, type Precision } from "../../../src/kernels/kernels.ts";
import { instantiateKernels, loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { InputNoise } from "../../../src/trainers/mlp/_input_noise.ts";
import { reserveRows } from "../../../src/trainers/mlp/_training_rows.ts";
import { Arena } from "../../../src/trainers/mlp/arena.ts";

const module = await loadKernelsModule();

/** Rows of 1, 2, 3, …, and the noise that they get each time. */
function noiseFixture(options: { precision?: Precision; count?: number; seed?: number } = {}) {
  const { precision = "f64", count = 5, seed = 1 } = options;
  const features = 7, deviation = 0.5;
  const kernels = instantiateKernels(module, precision);
  const arena = new Arena();
  const rows = reserveRows(kernels, arena, count, features);
  const noise = new InputNoise(kernels, arena, { deviation, rows: count, features });
  arena.allocate(kernels.memory);
  noise.initialize(seed);
  const { buffer } = kernels.memory;
  const view = precision === "f32" ? new Float32Array(buffer) : new Float64Array(buffer);
  const lanes = lanesOf(precision);
  const placeOf = (values: number, b: number, f: number) =>
    (values + Math.floor(b / lanes) * rows.stride + f * 16) / view.BYTES_PER_ELEMENT + b % lanes;
  const read = (values: number) =>
    Array.from(
      { length: count * features },
      (_, n) => view[placeOf(values, Math.floor(n / features), n % features)],
    );
  for (let n = 0; n < count * features; n++) {
    view[placeOf(rows.values, Math.floor(n / features), n % features)] = n + 1;
  }
  const draw = (part = count) => {
    const noisy = noise.addTo({ ...rows, count: part });
    assertEquals(noisy, { ...rows, count: part, values: noisy.values });
    return read(noisy.values).slice(0, part * features).map((value, n) => value - (n + 1));
  };
  return { draw, original: () => read(rows.values), deviation };
}

Deno.test("InputNoise adds new noise each time, and leaves the rows as they are", () => {
  const { draw, original } = noiseFixture();
  const before = original();
  const [first, second] = [draw(), draw()];
  first.forEach((value, n) => assertNotEquals(value, second[n]));
  assertEquals(original(), before);
});

Deno.test("InputNoise is normal with mean 0 and the deviation asked for", () => {
  const { draw, deviation } = noiseFixture({ count: 3000 });
  const sample = draw().map((value) => value / deviation);
  const mean = (power: number) =>
    sample.reduce((sum, value) => sum + value ** power, 0) / sample.length;
  // Four standard errors of each moment: √(1, 2, 15, 96)/√n.
  const errors = [1, 2, 15, 96].map((variance) => 4 * Math.sqrt(variance / sample.length));
  [0, 1, 0, 3].forEach((moment, k) => assert(Math.abs(mean(k + 1) - moment) < errors[k], `${k}`));
});

Deno.test("InputNoise depends on the seed, and on the precision by rounding alone", () => {
  const noise = noiseFixture().draw();
  assertEquals(noiseFixture().draw(), noise);
  assertNotEquals(noiseFixture({ seed: 2 }).draw(), noise);
  noiseFixture({ precision: "f32" }).draw().forEach((value, n) => {
    // A sum of up to 35 in 24 bits.
    assert(Math.abs(value - noise[n]) < 4e-6);
  });
});

Deno.test("InputNoise gives the first rows of a smaller batch the noise that they would have", () => {
  assertEquals(noiseFixture().draw(3), noiseFixture().draw().slice(0, 21));
});
