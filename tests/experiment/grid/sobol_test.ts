import { assert, assertEquals } from "@std/assert";
import { SOBOL_DIMENSIONS, sobolSequence } from "../../../src/experiment/grid/sobol.ts";
import { TRAINERS } from "../../../src/trainers/registry.ts";
import scipy from "../../fixtures/sobol/points.json" with { type: "json" };

Deno.test("sobolSequence() gives SciPy's points in every dimension, far out too", () => {
  const count = Math.max(...scipy.indexes) + 1;
  assertEquals(SOBOL_DIMENSIONS, scipy.points[0].length);
  for (let dimension = 1; dimension <= SOBOL_DIMENSIONS; dimension++) {
    const points = sobolSequence(dimension, count);
    const expected = scipy.points.map((point) => point[dimension - 1]);
    assertEquals(scipy.indexes.map((index) => points[index]), expected, `dimension ${dimension}`);
  }
});

Deno.test("sobolSequence() has one point in each of 2^k equal parts, of 2^k points", () => {
  for (const parts of [2, 16, 256]) {
    for (let dimension = 1; dimension <= SOBOL_DIMENSIONS; dimension++) {
      const points = Array.from(sobolSequence(dimension, parts));
      const hit = new Set(points.map((point) => Math.floor((point / 2 ** 32) * parts)));
      assertEquals(hit.size, parts, `dimension ${dimension}`);
    }
  }
});

Deno.test("each hyperparameter of a trainer has a dimension of its own", () => {
  for (const { hyperparameters: rows } of TRAINERS) {
    const dimensions = rows.map(({ sobolDimension }) => sobolDimension);
    assertEquals(new Set(dimensions).size, rows.length);
    assert(dimensions.every((dimension) => dimension >= 1 && dimension <= SOBOL_DIMENSIONS));
  }
});
