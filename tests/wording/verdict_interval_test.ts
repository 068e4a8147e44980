import { assertEquals } from "@std/assert";
import {
  intervalName,
  verdictInterval,
  type Verdicts,
} from "../../src/wording/verdict_interval.ts";
import { sampleQuestion } from "../statistics/_sample_question.ts";

const COMPARISON = { baseline: "0", n: 3, pValue: 0.5, verdict: "undecided" as const };

/** The comparisons of so many cells, `a` among them. */
function verdictsOf(cells: readonly string[], looks?: readonly number[]): Verdicts {
  return {
    question: sampleQuestion({ looks }),
    cells: [],
    comparisons: cells.map((cell) => ({ ...COMPARISON, cell })),
    repeats: new Map([["c", "a"]]),
  };
}

Deno.test("verdictInterval() is the simultaneous one", () => {
  const interval = { ciLow: -2, ciHigh: 4, ciLowSimultaneous: -3, ciHighSimultaneous: 5 };
  assertEquals(verdictInterval({ ...COMPARISON, cell: "a", ...interval }), { low: -3, high: 5 });
  assertEquals(verdictInterval({ ...COMPARISON, cell: "a" }), undefined);
});

Deno.test("intervalName() says where an interval holds together with others", () => {
  // The second cell is the same run as the first.
  assertEquals(intervalName(verdictsOf(["a", "c"])), "95% interval");
  assertEquals(intervalName(verdictsOf(["a", "b"])), "simultaneous 95% interval");
  // Those of other looks.
  assertEquals(intervalName(verdictsOf(["a"], [5, 10])), "simultaneous 95% interval");
});
