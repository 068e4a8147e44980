import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { holm, holmDivisors } from "../../src/statistics/holm.ts";
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

Deno.test("holmDivisors() divide the level so that each test agrees with its adjusted p-value", () => {
  const many = fc.array(fc.oneof(pValues, fc.constant([0.01, 0.01, 0.02])), { maxLength: 3 })
    .map((parts) => parts.flat().map((p) => p / 8));
  fc.assert(fc.property(many, (pValues) => {
    const adjusted = holm(pValues);
    holmDivisors(pValues, 0.05).forEach((divisor, index) => {
      assert(1 <= divisor && divisor <= pValues.length);
      assertEquals(pValues[index] * divisor < 0.05, adjusted[index] < 0.05);
    });
  }));
});

Deno.test("holmDivisors() count the tests that are left at a step, and stop at the first that fails", () => {
  assertEquals(holmDivisors([0.03, 0.001, 0.002, 0.04, 0.9], 0.05), [3, 5, 4, 3, 3]);
  // Equal p-values are at one step.
  assertEquals(holmDivisors([0.001, 0.9, 0.001], 0.05), [3, 1, 3]);
});
