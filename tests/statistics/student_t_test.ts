import { assert, assertEquals } from "@std/assert";
import { sha256 } from "../../src/sha256.ts";
import { tCdf, tQuantile } from "../../src/statistics/_student_t.ts";
import fixtures from "../fixtures/statistics/student_t.json" with { type: "json" };

/** SciPy computes the same functions with other series; the two agree to 13 digits. */
const TOLERANCE = 1e-13;

for (const { df, t, below, probability, quantile } of fixtures) {
  Deno.test(`tCdf() and tQuantile() with ${df} degrees of freedom equal SciPy's`, () => {
    t.forEach((t, index) => assertRelative(tCdf(-t, df), below[index]));
    probability.forEach((p, index) => assertRelative(tQuantile(p, df), quantile[index]));
  });
}

function assertRelative(actual: number, expected: number): void {
  const difference = Math.abs(actual / expected - 1);
  assert(difference <= TOLERANCE, `${actual} is not ${expected}: ${difference}`);
}

// CSV files have p-values and intervals with all their digits. These are the checksums of what
// @stdlib/stats-base-dists-t-cdf and -quantile 0.2.3 computed, with which the shipped experiments'
// files were written.
const DEGREES = [...Array(250).keys()].map((index) => index + 1).concat(359, 1000, 9999, 10 ** 6);

Deno.test("tCdf() of 127,254 pairs of t and degrees of freedom keeps its bits", async () => {
  const values = DEGREES.flatMap((df) =>
    [...Array(501).keys()].map((index) => tCdf(-(index * index) / 2048, df))
  );
  assertEquals(values.length, 127_254);
  assertEquals(
    await checksum(values),
    "a6c394d513cdb468b76740721e15d6156e38e6388b2a0904f9f1ab464869cb74",
  );
});

Deno.test("tQuantile() of 101,600 pairs of probability and degrees keeps its bits", async () => {
  const values = DEGREES.flatMap((df) =>
    [...Array(400).keys()].map((index) => tQuantile(0.5 + (index + 0.5) / 800, df))
  );
  assertEquals(values.length, 101_600);
  assertEquals(
    await checksum(values),
    "b04ee94bca42af42d1b7a24dd901188acf2d5fe9a6aa42643fc2760ec300bdfb",
  );
});

async function checksum(values: readonly number[]): Promise<string> {
  return await sha256(new Uint8Array(Float64Array.from(values).buffer));
}
