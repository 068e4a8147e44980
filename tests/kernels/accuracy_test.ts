import { assert, assertEquals } from "@std/assert";
import { referenceLog, referenceMath } from "../../src/kernels/_reference_math.ts";

/** Largest error of f over arguments from a to b, in units of the last place of the true value. */
function worstError(
  f: (x: number) => number,
  truth: (x: number) => number,
  { a, b, bits }: { a: number; b: number; bits: number },
): number {
  let worst = 0;
  for (let n = 0; n <= 20_000; n++) {
    const x = bits === 24 ? Math.fround(a + (b - a) * n / 20_000) : a + (b - a) * n / 20_000;
    const expected = truth(x);
    const unit = 2 ** (Math.floor(Math.log2(Math.abs(expected))) + 1 - bits);
    worst = Math.max(worst, Math.abs(f(x) - expected) / unit);
  }
  return worst;
}

// The bounds are the largest errors there are here (1.0, 3.0 and 2.0), rounded up: the functions are
// fixed, so their errors are too. Up to one unit of them is the oracle's own.

Deno.test("expOfNegative() is within 1.5 units of the last place", () => {
  const range = { a: -80, b: 0 };
  assert(worstError(referenceMath("f32").expOfNegative, Math.exp, { ...range, bits: 24 }) < 1.5);
  assert(worstError(referenceMath("f64").expOfNegative, Math.exp, { ...range, bits: 53 }) < 1.5);
});

Deno.test("tanh() is within 3.5 units of the last place, near 0 too", () => {
  for (const [a, b] of [[-12, -1e-3], [1e-6, 1e-2], [1e-3, 12]]) {
    assert(worstError(referenceMath("f32").tanh, Math.tanh, { a, b, bits: 24 }) < 3.5);
    assert(worstError(referenceMath("f64").tanh, Math.tanh, { a, b, bits: 53 }) < 3.5);
  }
});

Deno.test("log() is within 2.5 units of the last place", () => {
  for (const [a, b] of [[1e-300, 1e-290], [0.01, 0.99], [1.001, 300]]) {
    assert(worstError(referenceLog, Math.log, { a, b, bits: 53 }) < 2.5);
  }
});

Deno.test("functions have their limits at zeros, infinities and NaN", () => {
  for (const precision of ["f32", "f64"] as const) {
    const { expOfNegative, tanh } = referenceMath(precision);
    assertEquals([0, -Infinity, NaN].map(expOfNegative), [1, 0, NaN]);
    assertEquals([0, -0, Infinity, -Infinity, NaN].map(tanh), [0, -0, 1, -1, NaN]);
  }
  assertEquals([1, 0, -1, Infinity, NaN].map(referenceLog), [0, -Infinity, NaN, Infinity, NaN]);
});
