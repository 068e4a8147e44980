import { assertEquals } from "@std/assert";
import { weightShares } from "../../../src/report/charts/_weight_shares.ts";
import type { HistogramRow, RunRow } from "../../../src/results/run_row.ts";

function sharesOf(histograms: readonly Omit<HistogramRow, "run" | "layer">[], lost = 0) {
  const runs = histograms.map((_, index): RunRow => ({
    run: `${index}`,
    cell: "a",
    replicate: index,
    seed: index,
    values: {},
    status: index < lost ? "diverged" : "completed",
  }));
  const rows = histograms.map((row, index) => ({ run: `${index}`, layer: 0, ...row }));
  return weightShares({ runs, histograms: rows }, ["a", "b"]).get("a")?.[0];
}

Deno.test("weightShares() keeps the bins of a single run", () => {
  assertEquals(sharesOf([{ minimum: -1, maximum: 3, counts: [1, 0, 2, 1] }]), {
    edges: [-1, 0, 1, 2, 3],
    shares: [25, 0, 50, 25],
  });
});

Deno.test("weightShares() averages runs on bins that hold them all", () => {
  const shares = sharesOf([
    { minimum: 0, maximum: 4, counts: [1, 1, 1, 1] },
    { minimum: 0, maximum: 2, counts: [4, 0, 0, 4] },
  ]);
  assertEquals(shares, { edges: [0, 1, 2, 3, 4], shares: [37.5, 37.5, 12.5, 12.5] });
});

Deno.test("weightShares() puts weights that are all equal into one bin", () => {
  assertEquals(sharesOf([{ minimum: 0, maximum: 0, counts: [9, 0, 0, 0] }])?.shares, [
    ...[100, 0, 0, 0],
  ]);
  const shares = sharesOf([
    { minimum: 0, maximum: 4, counts: [0, 0, 0, 1] },
    { minimum: 2, maximum: 2, counts: [9, 0, 0, 0] },
  ]);
  assertEquals(shares?.shares, [0, 0, 50, 50]);
});

Deno.test("weightShares() leaves out runs that did not complete", () => {
  const diverged = { minimum: NaN, maximum: NaN, counts: [] };
  assertEquals(sharesOf([diverged, { minimum: 0, maximum: 1, counts: [1, 3] }], 1)?.shares, [
    25,
    75,
  ]);
  assertEquals(sharesOf([diverged], 1), undefined);
});
