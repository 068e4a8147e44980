import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { inputNoise } from "../../../../src/trainers/mlp/row_changes/input_noise.ts";
import { changeFixture } from "./_change_fixture.ts";

const DEVIATION = 0.5;

/** Rows, and the noise that they get each time. */
function noiseFixture(options: Parameters<typeof changeFixture>[2] = {}) {
  const { rows, draw, original } = changeFixture(inputNoise, { input_noise: DEVIATION }, options);
  return {
    original,
    draw(part?: number) {
      const { changed, values } = draw(part);
      assertEquals(changed, { ...rows, count: part ?? rows.count, values: changed.values });
      return values.map((value, n) => value - (n + 1));
    },
  };
}

Deno.test("inputNoise() adds new noise each time, and leaves the rows as they are", () => {
  const { draw, original } = noiseFixture();
  const before = original();
  const [first, second] = [draw(), draw()];
  first.forEach((value, n) => assertNotEquals(value, second[n]));
  assertEquals(original(), before);
});

Deno.test("inputNoise() is normal with mean 0 and the deviation asked for", () => {
  const { draw } = noiseFixture({ count: 3000 });
  const sample = draw().map((value) => value / DEVIATION);
  const mean = (power: number) =>
    sample.reduce((sum, value) => sum + value ** power, 0) / sample.length;
  // Four standard errors of each moment: √(1, 2, 15, 96)/√n.
  const errors = [1, 2, 15, 96].map((variance) => 4 * Math.sqrt(variance / sample.length));
  [0, 1, 0, 3].forEach((moment, k) => assert(Math.abs(mean(k + 1) - moment) < errors[k], `${k}`));
});

Deno.test("inputNoise() depends on the seed, and on the precision by rounding alone", () => {
  const noise = noiseFixture().draw();
  assertEquals(noiseFixture().draw(), noise);
  assertNotEquals(noiseFixture({ seed: 2 }).draw(), noise);
  noiseFixture({ precision: "f32" }).draw().forEach((value, n) => {
    // A sum of up to 35 in 24 bits.
    assert(Math.abs(value - noise[n]) < 4e-6);
  });
});

Deno.test("inputNoise() gives the first rows of a smaller batch the noise that they would have", () => {
  assertEquals(noiseFixture().draw(3), noiseFixture().draw().slice(0, 21));
});
