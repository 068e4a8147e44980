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
      interval: { low: -0.01, high: 0.005 },
    },
    { cell: "dropout=0", a: { n: 2, mean: 0.5 }, b: { n: 2, mean: 0.75 }, difference: 0.25 },
    { cell: "dropout=0.75", a: { n: 0 }, b: { n: 1, mean: 0.5 } },
  ],
  haveCurves: true,
  areImported: false,
};

const TEXT = `\
A  reports/a: 5 runs
B  reports/b: 4 runs
runs: 2 identical, 2 different, 1 only in A, 0 only in B

Mean validation accuracy of cells that both have, with other seeds or settings
cell             A (runs)    B (runs)  B − A in points   95% interval
dropout=0.5   97.00% (10)  96.75% (3)            −0.25  −1.00 to 0.50
dropout=0      50.00% (2)  75.00% (2)            +25.0
dropout=0.75     none (0)  50.00% (1)

different
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

only in A
  dropout=0.5, seed 5`;

Deno.test("comparisonText() tells what differs from which step on", () => {
  assertEquals(comparisonText(COMPARISON), TEXT);
});

Deno.test("comparisonText() fits a terminal of 80 columns", () => {
  for (const line of comparisonText(COMPARISON).split("\n")) assert(line.length <= 80, line);
});

Deno.test("comparisonText() compares losses in their own unit, and says that lower is better", () => {
  const cells = COMPARISON.cells.map(({ interval: _, ...cell }) => cell);
  const lines = comparisonText({ ...COMPARISON, cells, metric: "validation_loss" }).split("\n");
  assertEquals(lines.slice(4, 7), [
    "Mean validation loss (lower is better) of cells that both have, with other seeds or settings",
    "cell             A (runs)    B (runs)    B − A",
    "dropout=0.5   0.9700 (10)  0.9675 (3)  −0.0025",
  ]);
});

Deno.test("comparisonText() lists the runs that one has alone in a line for each cell", () => {
  const onlyInB = Array.from(
    { length: 7 },
    (_, cell) =>
      Array.from({ length: 11 }, (_, seed) => ({ ...row(seed), cell: `dropout=0.${cell}` })),
  ).flat();
  const matched = { ...COMPARISON.matched, different: [], onlyInA: [], onlyInB };
  const lines = comparisonText({ ...COMPARISON, matched, cells: [] }).split("\n");
  assertEquals(lines.slice(3, 6), [
    "",
    "only in B",
    "  dropout=0.0, seeds 0, 1, 2, 3, 4, 5, 6, 7 … 3 more",
  ]);
  assertEquals(lines.slice(-2), [
    "  dropout=0.4, seeds 0, 1, 2, 3, 4, 5, 6, 7 … 3 more",
    "  … and 2 more cells",
  ]);
  const folds = { ...matched, onlyInB: [{ ...row(1), fold: 2 }, { ...row(3), fold: 1 }] };
  assertEquals(
    comparisonText({ ...COMPARISON, matched: folds, cells: [] }).split("\n").at(-1),
    "  dropout=0.5, seed/folds 1/2, 3/1",
  );
});

Deno.test("comparisonText() lists twenty runs that differ at most", () => {
  const [one] = COMPARISON.matched.different;
  const different = Array.from({ length: 23 }, () => one);
  const matched = { ...COMPARISON.matched, different, onlyInA: [] };
  const lines = comparisonText({ ...COMPARISON, matched, cells: [] }).split("\n");
  assertEquals(lines.at(-1), "  … and 3 more");
});

Deno.test("comparisonText() says where there were no curves to compare", () => {
  const [, , counts] = comparisonText({ ...COMPARISON, haveCurves: false }).split("\n");
  assertEquals(
    counts,
    "runs: 2 identical, 2 different (by runs.csv, without curves.csv), 1 only in A, 0 only in B",
  );
  const matched = { ...COMPARISON.matched, different: [] };
  const [, , right] = comparisonText({ ...COMPARISON, matched, haveCurves: false }).split("\n");
  assertEquals(right, "runs: 2 identical, 0 different, 1 only in A, 0 only in B");
});

Deno.test("comparisonJson() says it all in columns' names", () => {
  const { identical, different, cells, ...document } = JSON.parse(comparisonJson(COMPARISON));
  assertEquals(document, {
    schemaVersion: 1,
    command: "compare",
    a: "reports/a",
    b: "reports/b",
    unfinished: { a: false, b: false },
    imported: false,
    onlyInA: [{ run: "key 5", cell: "dropout=0.5", seed: 5 }],
    onlyInB: [],
    metric: "validation_accuracy",
  });
  assertEquals(identical.map(({ run }: { run: string }) => run), ["key 1", "key 2"]);
  assertEquals(different[0], {
    run: "key 3",
    cell: "dropout=0.5",
    seed: 3,
    firstStep: 50,
    curve: { train_loss: { a: "0.1", b: "0.25" } },
    columns: { digest: { a: DIGESTS[0], b: DIGESTS[1] } },
  });
  assertEquals([different[1].firstStep, different[1].curve], [null, {}]);
  assertEquals(cells[2], {
    cell: "dropout=0.75",
    a: { n: 0, mean: null },
    b: { n: 1, mean: 0.5 },
    difference: null,
    ciLow: null,
    ciHigh: null,
  });
  assertEquals([cells[0].ciLow, cells[0].ciHigh], [-0.01, 0.005]);
});

Deno.test("comparisonText() and comparisonJson() say which sweep is unfinished", () => {
  const comparison: NamedComparison = { ...COMPARISON, planned: [50, undefined] };
  const [a, b] = comparisonText(comparison).split("\n");
  assertEquals([a, b], ["A  reports/a: 5 of 50 runs (unfinished)", "B  reports/b: 4 runs"]);
  assertEquals(JSON.parse(comparisonJson(comparison)).unfinished, { a: true, b: false });
});
