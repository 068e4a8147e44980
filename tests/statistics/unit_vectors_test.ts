import { assert, assertEquals } from "@std/assert";
import { sha256 } from "../../src/sha256.ts";
import { unitVectors } from "../../src/statistics/_unit_vectors.ts";

const COUNT = 9_999;

for (const n of [2, 3, 5, 10]) {
  Deno.test(`unitVectors() of ${n} dimensions have length 1 and no preferred direction`, () => {
    const vectors = unitVectors(n, COUNT);
    assertEquals(vectors.length, COUNT * n);
    const moments = Array.from({ length: n }, () => [0, 0, 0]);
    let products = 0;
    for (let row = 0; row < COUNT; row++) {
      const vector = vectors.subarray(row * n, (row + 1) * n);
      const squares = vector.reduce((sum, value) => sum + value * value, 0);
      assert(Math.abs(squares - 1) < 1e-12);
      vector.forEach((value, place) => {
        moments[place][0] += value / COUNT;
        moments[place][1] += value ** 2 / COUNT;
        moments[place][2] += value ** 4 / COUNT;
      });
      products += vector[0] * vector[1] / COUNT;
    }
    // Moments of a uniform direction, each within four standard errors.
    const error = (variance: number) => 4 * Math.sqrt(variance / COUNT);
    const fourth = 3 / (n * (n + 2));
    const eighth = 105 / (n * (n + 2) * (n + 4) * (n + 6));
    for (const [first, second, fourthMoment] of moments) {
      assert(Math.abs(first) < error(1 / n));
      assert(Math.abs(second - 1 / n) < error(fourth - 1 / n ** 2));
      assert(Math.abs(fourthMoment - fourth) < error(eighth - fourth ** 2));
    }
    assert(Math.abs(products) < error(1 / (n * (n + 2))));
  });
}

Deno.test("unitVectors() keep their bits", async () => {
  const checksums = [2, 5, 10, 41].map((n) =>
    sha256(new Uint8Array(unitVectors(n, COUNT).slice().buffer))
  );
  assertEquals((await Promise.all(checksums)).map((sum) => sum.slice(0, 16)), [
    "5cea5cda7ccc4d1d",
    "37b21555b6825a3a",
    "99900c97227a75f7",
    "f9d076649a11970c",
  ]);
});
