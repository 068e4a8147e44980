import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { holm } from "../../src/statistics/holm.ts";
import cases from "../fixtures/statistics/holm.json" with { type: "json" };
import { assertClose } from "./_assert_close.ts";

Deno.test("holm() equals what its definition gives in NumPy", () => {
  for (const { pValues, adjusted } of cases) {
    holm(pValues).forEach((p, index) => assertClose(p, adjusted[index]));
  }
});

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });

Deno.test("holm() never lowers a p-value, exceeds 1 or changes their order", () => {
  fc.assert(fc.property(pValues, (pValues) => {
    const adjusted = holm(pValues);
    adjusted.forEach((p, index) => assert(p >= pValues[index] && p <= 1));
    pValues.forEach((p, a) =>
      pValues.forEach((q, b) => assert(p > q || adjusted[a] <= adjusted[b]))
    );
  }));
});

Deno.test("holm() is as strict as Bonferroni for the smallest, and no stricter for any", () => {
  fc.assert(fc.property(pValues, (pValues) => {
    const adjusted = holm(pValues);
    const bonferroni = pValues.map((p) => Math.min(1, p * pValues.length));
    assertEquals(Math.min(...adjusted), Math.min(...bonferroni));
    adjusted.forEach((p, index) => assert(p <= bonferroni[index]));
  }));
});

Deno.test("holm() gives each test the same whatever the order of the tests", () => {
  fc.assert(fc.property(pValues, (pValues) => {
    assertEquals(holm(pValues.toReversed()), holm(pValues).toReversed());
  }));
});

Deno.test("holm() of no tests is none", () => assertEquals(holm([]), []));
