import { assert, assertEquals } from "@std/assert";
import { referenceMath } from "../../src/kernels/_reference_math.ts";
import { cosOfQuarter, expOfNegative } from "../../src/kernels/exact_math.ts";
import { randomStream } from "../../src/random_stream.ts";

const reference = referenceMath("f64").expOfNegative;

Deno.test("expOfNegative() has the bits of its reference, which the kernels have", () => {
  const random = randomStream("exact math");
  for (const scale of [1e-9, 1, 40, 800]) {
    for (let n = 0; n < 20_000; n++) {
      const x = -scale * random();
      assert(Object.is(expOfNegative(x), reference(x)), `e^${x}`);
    }
  }
  for (const x of [0, -0, -5e-324, -Math.LN2, -707.9999, -708, -708.1, -1e300, -Infinity, NaN]) {
    assertEquals(expOfNegative(x), reference(x), `e^${x}`);
  }
});

Deno.test("expOfNegative() is e^x to within one unit in the last place", () => {
  for (let x = 0; x > -700; x -= 0.37) {
    assert(Math.abs(expOfNegative(x) / Math.exp(x) - 1) <= 2 ** -52, `e^${x}`);
  }
});

Deno.test("cosOfQuarter() is cos(x·π/2) from 1 to exactly 0, within two units in the last place", () => {
  assertEquals([cosOfQuarter(0), cosOfQuarter(1)], [1, 0]);
  let last = 1;
  for (let n = 1; n < 1024; n++) {
    const x = n / 1024;
    const cosine = cosOfQuarter(x);
    // By the sine of the rest, where the cosine is small: π/2 has no exact float64.
    const expected = x < 0.5 ? Math.cos(x * Math.PI / 2) : Math.sin((1 - x) * Math.PI / 2);
    assert(Math.abs(cosine / expected - 1) <= 2 ** -51, `cos(${x}·π/2)`);
    assert(cosine < last, "it only falls");
    last = cosine;
  }
});
