import { assertEquals } from "@std/assert";
import { matchRuns } from "../../src/results/match_runs.ts";
import type { CurveRow, RunRow } from "../../src/results/run_row.ts";

function row(run: string, digest = "same"): RunRow {
  const base = { run, cell: "all", replicate: 0, seed: 1, values: {} };
  return { ...base, status: "completed", digest };
}

function curve(run: string, step: number, penalty: number): CurveRow {
  const zeros = { train_loss: 0, train_accuracy: 0, validation_loss: 0, validation_accuracy: 0 };
  return { run, step, measures: { ...zeros, penalty, sparsity: 0 } };
}

Deno.test("matchRuns() sorts runs by what their keys say", () => {
  const a = { runs: [row("1"), row("2"), row("3"), row("4")] };
  const b = { runs: [row("5"), row("4"), row("3", "other"), row("1")] };
  const { identical, different, onlyInA, onlyInB } = matchRuns(a, b);
  const keys = (rows: readonly RunRow[]) => rows.map(({ run }) => run);
  assertEquals([identical, onlyInA, onlyInB].map(keys), [["1", "4"], ["2"], ["5"]]);
  const columns = [{ column: "digest", fields: ["same", "other"] as const }];
  assertEquals(different, [{ row: row("3"), difference: { columns, curve: undefined } }]);
});

Deno.test("matchRuns() compares curves if both sweeps have them", () => {
  const a = { runs: [row("1")], curves: [curve("1", 0, 1), curve("1", 9, 2), curve("1", 20, 3)] };
  const b = { runs: [row("1")], curves: [curve("1", 0, 1), curve("1", 9, 4), curve("1", 20, 4)] };
  const columns = [{ column: "penalty", fields: ["2", "4"] as const }];
  assertEquals(matchRuns(a, b).different, [
    { row: row("1"), difference: { columns: [], curve: { step: 9, columns } } },
  ]);
  assertEquals(matchRuns(a, { runs: b.runs }).identical, a.runs);
  assertEquals(matchRuns({ runs: a.runs }, b).identical, a.runs);
});
