import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { RunRow } from "../../src/results/run_row.ts";
import { analyze } from "../../src/statistics/analyze.ts";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import { sameRunGroups, sameRuns } from "../../src/statistics/same_runs.ts";
import { arbitrarySpreadRuns } from "./_arbitrary_runs.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { divergedRun, failedRun, sampleRuns } from "./_sample_runs.ts";

const BASELINE = { baseline: "0" };

/** The runs of a cell that is the same run as another. */
function repeat(runs: readonly RunRow[], cell: string): RunRow[] {
  return runs.map((run) => ({ ...run, cell, run: `${run.run} as ${cell}` }));
}

Deno.test("sameRuns() finds cells with equal digests on every seed", () => {
  const a = sampleRuns("1", [0.5, 0.6]);
  const baseline = sampleRuns("0", [0.4, 0.7]);
  const runs = [
    ...repeat(a, "0.9"),
    ...a,
    ...repeat(baseline, "0.5"),
    ...baseline,
    // Equal on one seed only.
    ...sampleRuns("2", [0.5, 0.6]).map((run, index) => index === 0 ? run : { ...a[1], cell: "2" }),
  ];
  const repeats = sameRuns(runs, BASELINE);
  assertEquals([...repeats], [["1", "0.9"], ["0.5", "0"]]);
  assertEquals(sameRunGroups(repeats), [["0.9", "1"], ["0", "0.5"]]);
});

Deno.test("sameRuns() does not take cells for the same that lost a run", () => {
  const lost = (cell: string) => [...sampleRuns(cell, [0.5]), divergedRun(cell, 2)];
  const same = (run: RunRow) => ({ ...run, digest: `${run.seed}` });
  assertEquals([...sameRuns([...lost("1"), ...lost("2")].map(same), BASELINE)], []);
  const failed = (cell: string) => [...sampleRuns(cell, [0.5]).map(same), failedRun(cell, 2)];
  assertEquals([...sameRuns([...failed("1"), ...failed("2")], BASELINE)], []);
});

Deno.test("compareWithBaseline() counts cells that are the same run once", () => {
  fc.assert(fc.property(arbitrarySpreadRuns, (runs) => {
    const question = sampleQuestion();
    const [first] = runs.filter(({ cell }) => cell !== "0");
    const ofFirst = runs.filter(({ cell }) => cell === first?.cell);
    const ofBaseline = runs.filter(({ cell }) => cell === "0");
    const alone = compareWithBaseline(runs, question);
    const together = compareWithBaseline(
      [...runs, ...repeat(ofFirst, "9.1"), ...repeat(ofBaseline, "9.2")],
      question,
    );
    // All that there was stays as it is; and the repeated cells have the figures of the others.
    assertEquals(together.slice(0, alone.length), alone);
    const [copy, ofTheBaseline] = together.slice(alone.length);
    assertEquals({ ...copy, cell: first.cell }, alone[0]);
    assertEquals([ofTheBaseline.meanDifference, ofTheBaseline.pHolm], [0, 1]);
  }));
});

Deno.test("analyze() says that a cell cannot be told from the baseline whose run it is", () => {
  const baseline = sampleRuns("0", [0.5, 0.6]);
  const { outlooks } = analyze([...baseline, ...repeat(baseline, "1")], sampleQuestion());
  assertEquals([...outlooks], [["1", { kind: "same" }]]);
});
