import { assertEquals } from "@std/assert";
import {
  identityFindings,
  matchStatedRuns,
  statedOutcome,
  type StatedRun,
} from "../../src/verify/stated_runs.ts";
import { sampleResult } from "../results/_sample_outcomes.ts";
import { plannedRuns } from "../sweep/_planned_runs.ts";
import { statedRun } from "./_stated_run.ts";

Deno.test("matchStatedRuns() matches runs by key, and tells of strays", () => {
  const runs = plannedRuns([{ dropout: 0 }, { dropout: 0.5 }, { dropout: 0.9 }]);
  const { row, curve } = statedRun(0);
  const rows = [
    { ...row, run: "unknown", cell: "cell 7", seed: 8 },
    { ...row, run: runs[2].key },
    { ...row, run: runs[0].key },
  ];
  const curves = curve.map((line) => ({ ...line, run: runs[0].key }));
  const { stated, strays } = matchStatedRuns(runs, { runs: rows, curves, histograms: [] });
  assertEquals(stated.map(({ run, row }) => [run.task.seed, row.run]), [
    [0, runs[0].key],
    [2, runs[2].key],
  ]);
  assertEquals(stated.map(({ curve }) => curve), [curves, []]);
  assertEquals(strays, [
    {
      subject: "cell 1, seed 1",
      findings: [{ what: "experiment.yaml has this run, runs.csv does not" }],
    },
    {
      subject: "cell 7, seed 8",
      findings: [{ what: "line 2 of runs.csv: experiment.yaml has no run of this key" }],
    },
  ]);
});

Deno.test("identityFindings() compares everything that names a run", () => {
  const stated = statedRun(0.5);
  assertEquals(identityFindings(stated), []);
  const changes: [Partial<StatedRun["row"]>, string, string, string][] = [
    [{ cell: "other" }, "cell", "other", "cell 0"],
    [{ replicate: 3 }, "replicate", "3", "0"],
    [{ seed: 4 }, "seed", "4", "0"],
    [{ values: { dropout: 0.25 } }, "dropout", "0.25", "0.5"],
  ];
  for (const [change, what, expected, actual] of changes) {
    const row = { ...stated.row, ...change };
    assertEquals(identityFindings({ ...stated, row }), [{ what, expected, actual }]);
  }
});

Deno.test("statedOutcome() is what the files tell of", () => {
  const { evaluations, digest } = sampleResult();
  const stated = statedRun(0.5);
  const { result } = statedOutcome(stated);
  assertEquals([result?.evaluations, result?.digest], [evaluations, digest]);
  const failed = statedOutcome({ ...stated, row: { ...stated.row, status: "failed" } });
  assertEquals([failed.result, failed.failure], [undefined, "as runs.csv says"]);
});
