import { assert, assertEquals } from "@std/assert";
import type { HeldOutRow, TestRole } from "../../src/results/held_out_row.ts";
import { meanInterval } from "../../src/statistics/_mean_interval.ts";
import { summarizeTestScores } from "../../src/statistics/summarize_test_scores.ts";
import cases from "../fixtures/statistics/test_rows.json" with { type: "json" };
import { assertClose } from "./_assert_close.ts";

function rows(cell: string, roles: TestRole[], accuracies: readonly number[]): HeldOutRow[] {
  return accuracies.map((accuracy, index) => ({
    run: `${cell}/${index}`,
    cell,
    roles,
    seed: index,
    status: "completed",
    measures: { loss: 1 - accuracy, accuracy },
  }));
}

Deno.test("summarizeTestScores() has the means of each cell, and its differences to the baseline", () => {
  const lost: HeldOutRow = { run: "a/3", cell: "a", roles: ["best"], seed: 3, status: "diverged" };
  const all = [
    ...rows("a", ["best"], [0.9, 0.8, 1]),
    lost,
    ...rows("0", ["baseline"], [0.7, 0.75, 0.5, 0.25]).reverse(),
  ];
  const [best, baseline] = summarizeTestScores(all, {
    rows: { train: 60, validation: 20, test: 20 },
  });
  assertEquals([best.cell, best.n, best.diverged, best.failed], ["a", 3, 1, 0]);
  assertEquals(best.measures.accuracy, meanInterval([0.9, 0.8, 1], 0));
  assertEquals(best.difference?.n, 3);
  const gains = [0.9 - 0.7, 0.8 - 0.75, 1 - 0.5];
  assertEquals(best.difference?.measures.accuracy, meanInterval(gains, 0));
  assertClose(
    best.difference?.measures.loss.mean,
    -(best.difference?.measures.accuracy.mean ?? NaN),
  );
  assertEquals([baseline.n, baseline.difference], [4, undefined]);
});

Deno.test("summarizeTestScores() gives the same figures, to the last bit, for any order of the runs", () => {
  const scores = rows("0", ["baseline"], [0.1, 0.7, 0.3, 0.9, 0.2, 0.6]);
  const sizes = { rows: { train: 1, validation: 1, test: 9 } };
  for (const order of [[5, 0, 3, 1, 4, 2], [2, 4, 1, 3, 0, 5], [1, 0, 3, 2, 5, 4]]) {
    const shuffled = order.map((index) => scores[index]);
    assertEquals(summarizeTestScores(shuffled, sizes), summarizeTestScores(scores, sizes));
  }
});

Deno.test("summarizeTestScores() says how sure so few rows make an accuracy, as SciPy does", () => {
  for (const { correct, rows: test, low, high } of cases) {
    const [summary] = summarizeTestScores(rows("0", ["baseline"], [correct / test]), {
      rows: { train: 1, validation: 1, test },
    });
    // At 0 correct rows the lower end is 0 but for rounding.
    assertClose(summary.rowsLow, low, 1e-3);
    assertClose(summary.rowsHigh, high);
  }
});

Deno.test("summarizeTestScores() has no figures where no run completed", () => {
  const [summary] = summarizeTestScores(
    [{ run: "a", cell: "a", roles: ["best"], seed: 1, status: "failed" }],
    { rows: { train: 1, validation: 1, test: 9 } },
  );
  assertEquals([summary.n, summary.failed, summary.measures.accuracy], [0, 1, {}]);
  assertEquals([summary.rowsLow, summary.difference?.n], [undefined, 0]);
  assert(!("rowsHigh" in summary));
});
