import { assert, assertEquals } from "@std/assert";
import {
  comparisonJson,
  comparisonText,
  type NamedComparison,
} from "../../src/cli/compare_text.ts";
import type { RunRow } from "../../src/results/run_row.ts";

function row(seed: number): RunRow {
  const base = { run: `key ${seed}`, cell: "dropout=0.5", replicate: 0, seed, values: {} };
  return { ...base, status: "completed" };
}

const DIGESTS = ["0123456789abcdef".repeat(4), "fedcba9876543210".repeat(4)] as const;

const COMPARISON: NamedComparison = {
  names: ["reports/a", "reports/b"],
  matched: {
    identical: [row(1), row(2)],
    different: [
      {
        row: row(3),
        difference: {
          columns: [{ column: "digest", fields: DIGESTS }],
          curve: { step: 50, columns: [{ column: "train_loss", fields: ["0.1", "0.25"] }] },
        },
      },
      {
        row: row(4),
        difference: { columns: [{ column: "digest", fields: ["", DIGESTS[1]] }] },
      },
    ],
    onlyInA: [row(5)],
    onlyInB: [],
  },
  metric: "validation_accuracy",
  planned: [undefined, undefined],
  cells: [
    {
      cell: "dropout=0.5",
      a: { n: 10, mean: 0.97 },
      b: { n: 3, mean: 0.9675 },
      difference: -0.0025,
    },
    { cell: "dropout=0", a: { n: 2, mean: 0.5 }, b: { n: 2, mean: 0.75 }, difference: 0.25 },
    { cell: "dropout=0.75", a: { n: 0 }, b: { n: 1, mean: 0.5 } },
  ],
  haveCurves: true,
};

const TEXT = `\
A  reports/a: 5 runs
B  reports/b: 4 runs

2 identical
2 different
  dropout=0.5, seed 3
    train_loss at step 50, the first that differs
      A 0.1
      B 0.25
    digest
      A ${DIGESTS[0]}
      B ${DIGESTS[1]}
  dropout=0.5, seed 4
    digest
      A nothing
      B ${DIGESTS[1]}
1 only in A
  dropout=0.5, seed 5
0 only in B

Mean validation accuracy of cells that both have, with other seeds or settings
cell             A (runs)    B (runs)  B − A in points
dropout=0.5   97.00% (10)  96.75% (3)            −0.25
dropout=0      50.00% (2)  75.00% (2)           +25.00
dropout=0.75     none (0)  50.00% (1)`;

Deno.test("comparisonText() tells what differs from which step on", () => {
  assertEquals(comparisonText(COMPARISON), TEXT);
});

Deno.test("comparisonText() fits a terminal of 80 columns", () => {
  for (const line of comparisonText(COMPARISON).split("\n")) assert(line.length <= 80, line);
});

Deno.test("comparisonText() compares losses in their own unit, and says that lower is better", () => {
  const lines = comparisonText({ ...COMPARISON, metric: "validation_loss" }).split("\n");
  assertEquals(lines.slice(-5, -2), [
    "Mean validation loss (lower is better) of cells that both have, with other seeds or settings",
    "cell             A (runs)    B (runs)    B − A",
    "dropout=0.5   0.9700 (10)  0.9675 (3)  −0.0025",
  ]);
});

Deno.test("comparisonText() lists twenty runs of a kind at most", () => {
  const onlyInB = Array.from({ length: 23 }, (_, seed) => row(seed));
  const matched = { ...COMPARISON.matched, different: [], onlyInB };
  const lines = comparisonText({ ...COMPARISON, matched, cells: [] }).split("\n");
  assertEquals(lines.slice(-2), ["  dropout=0.5, seed 19", "  … and 3 more"]);
});

Deno.test("comparisonText() says where there were no curves to compare", () => {
  const lines = comparisonText({ ...COMPARISON, haveCurves: false }).split("\n");
  assertEquals(lines[4], "2 different, by runs.csv without curves.csv");
  const matched = { ...COMPARISON.matched, different: [] };
  const right = comparisonText({ ...COMPARISON, matched, haveCurves: false }).split("\n");
  assertEquals(right[4], "0 different");
});

Deno.test("comparisonJson() says it all in columns' names", () => {
  const { identical, different, cells, ...document } = JSON.parse(comparisonJson(COMPARISON));
  assertEquals(document, {
    a: "reports/a",
    b: "reports/b",
    unfinished: { a: false, b: false },
    only_in_a: [{ run: "key 5", cell: "dropout=0.5", seed: 5 }],
    only_in_b: [],
    metric: "validation_accuracy",
  });
  assertEquals(identical.map(({ run }: { run: string }) => run), ["key 1", "key 2"]);
  assertEquals(different[0], {
    run: "key 3",
    cell: "dropout=0.5",
    seed: 3,
    first_step: 50,
    curve: { train_loss: { a: "0.1", b: "0.25" } },
    columns: { digest: { a: DIGESTS[0], b: DIGESTS[1] } },
  });
  assertEquals([different[1].first_step, different[1].curve], [null, {}]);
  assertEquals(cells[2], {
    cell: "dropout=0.75",
    a: { n: 0, mean: null },
    b: { n: 1, mean: 0.5 },
    difference: null,
  });
});

Deno.test("comparisonText() and comparisonJson() say which sweep is unfinished", () => {
  const comparison: NamedComparison = { ...COMPARISON, planned: [50, undefined] };
  const [a, b] = comparisonText(comparison).split("\n");
  assertEquals([a, b], ["A  reports/a: 5 of 50 runs (unfinished)", "B  reports/b: 4 runs"]);
  assertEquals(JSON.parse(comparisonJson(comparison)).unfinished, { a: true, b: false });
});
