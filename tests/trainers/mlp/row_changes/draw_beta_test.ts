import { assert, assertEquals } from "@std/assert";
import { randomStream } from "../../../../src/random_stream.ts";
import { drawBeta } from "../../../../src/trainers/mlp/row_changes/_draw_beta.ts";

const COUNT = 20_000;

function sampleOf(alpha: number, name = `beta ${alpha}`): number[] {
  const random = randomStream(name);
  return Array.from({ length: COUNT }, () => drawBeta(alpha, random));
}

/** The largest distance between a sample's distribution and another one: Kolmogorov's. */
function distance(sample: readonly number[], below: (x: number) => number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  return sorted.reduce((most, x, n) => {
    return Math.max(most, Math.abs(below(x) - n / COUNT), Math.abs(below(x) - (n + 1) / COUNT));
  }, 0);
}

/** The distribution functions of Beta(α, α) that are elementary. */
const DISTRIBUTIONS: readonly [number, (x: number) => number][] = [
  [0.5, (x) => 2 / Math.PI * Math.asin(Math.sqrt(x))],
  [1, (x) => x],
  [2, (x) => x ** 2 * (3 - 2 * x)],
  [3, (x) => x ** 3 * (10 - 15 * x + 6 * x ** 2)],
];

for (const [alpha, below] of DISTRIBUTIONS) {
  Deno.test(`drawBeta(${alpha}) has its distribution`, () => {
    // Larger with a probability of 1 in 1000: √(ln(2000)/2)/√n.
    const most = Math.sqrt(Math.log(2000) / 2 / COUNT);
    assert(distance(sampleOf(alpha), below) < most);
  });
}

Deno.test("drawBeta() has the moments of any α", () => {
  for (const alpha of [0.05, 0.2, 0.9, 1.01, 1.5, 8, 400]) {
    const sample = sampleOf(alpha);
    const mean = (power: number) =>
      sample.reduce((sum, x) => sum + (x - 0.5) ** power, 0) / sample.length;
    const square = 1 / (4 * (2 * alpha + 1));
    const fourth = 3 * square / (4 * (2 * alpha + 3));
    // Four standard errors.
    assert(Math.abs(mean(1)) < 4 * Math.sqrt(square / COUNT), `${alpha}: ${mean(1)}`);
    const slack = 4 * Math.sqrt((fourth - square ** 2) / COUNT);
    assert(Math.abs(mean(2) - square) < slack, `${alpha}: ${mean(2)} is not ${square}`);
  }
});

Deno.test("drawBeta() is a share however small or large α is", () => {
  for (const alpha of [5e-324, 1e-300, 1e-9, 1 - 1e-15, 1 + 1e-15, 1e9, 1e300]) {
    const random = randomStream(`extreme ${alpha}`);
    const sample = Array.from({ length: 200 }, () => drawBeta(alpha, random));
    assert(sample.every((x) => x >= 0 && x <= 1), `${alpha}: ${sample}`);
    if (alpha < 1e-8) assertEquals(new Set(sample), new Set([0, 1]));
    if (alpha > 1e8) assert(sample.every((x) => Math.abs(x - 0.5) < 1e-3));
  }
});

Deno.test("drawBeta() depends on its stream alone", () => {
  for (const alpha of [0.3, 4]) {
    assertEquals(sampleOf(alpha, "a"), sampleOf(alpha, "a"));
    assert(sampleOf(alpha, "a")[0] !== sampleOf(alpha, "b")[0]);
  }
});
