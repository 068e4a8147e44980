import { assertEquals } from "@std/assert";
import type { Verdict } from "../../src/results/comparison.ts";
import {
  correctedInterval,
  EQUIVALENCE_INTERVAL,
  verdictInterval,
  type Verdicts,
} from "../../src/wording/verdict_interval.ts";
import { sampleQuestion } from "../statistics/_sample_question.ts";

/** The comparisons of so many cells, `a` among them. */
function verdictsOf(cells: readonly string[]): Verdicts {
  const comparisons = cells.map((cell) => {
    return { cell, baseline: "0", n: 3, pValue: 0.5, verdict: "undecided" as const };
  });
  const intervals = new Map([["a", {
    corrected: { low: -3, high: 5 },
    equivalence: { low: -1, high: 3 },
  }]]);
  return {
    question: sampleQuestion(),
    cells: [],
    comparisons,
    intervals,
    repeats: new Map([["c", "a"]]),
  };
}

Deno.test("verdictInterval() is the 90% interval of equivalent cells, and the corrected one of others", () => {
  const of = (verdict: Verdict) => verdictInterval({ cell: "a", verdict }, verdictsOf(["a", "b"]));
  assertEquals(of("equivalent"), { low: -1, high: 3, name: EQUIVALENCE_INTERVAL });
  for (const verdict of ["better", "worse", "undecided"] as const) {
    assertEquals(of(verdict), { low: -3, high: 5, name: "corrected 95% interval" });
  }
  assertEquals(
    verdictInterval({ cell: "b", verdict: "better" }, verdictsOf(["a", "b"])),
    undefined,
  );
});

Deno.test("correctedInterval() is corrected only where there is more than one comparison", () => {
  // The second cell is the same run as the first.
  assertEquals(correctedInterval(verdictsOf(["a", "c"])), "95% interval");
  assertEquals(correctedInterval(verdictsOf(["a", "b"])), "corrected 95% interval");
});
