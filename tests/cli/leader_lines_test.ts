import { assertEquals } from "@std/assert";
import { leaderLines, leaderText, type NamedLeading } from "../../src/cli/leader_lines.ts";

const LEADING: NamedLeading = {
  metric: "validation_accuracy",
  baseline: { cell: "none", mean: 0.9362, n: 4 },
  cells: [
    { cell: "l2=0.01", n: 4, mean: 0.0123, interval: { low: -0.0012, high: 0.0258 } },
    { cell: "l2=0.1", n: 4, mean: -0.0041, interval: { low: -0.0143, high: 0.0061 } },
    { cell: "正則化", n: 4, mean: -0.01 },
  ],
  name: (cell) => cell === "none" ? "no regularization" : cell,
  noun: "seed",
};

Deno.test("leaderLines() shows differences from the baseline, with intervals", () => {
  assertEquals(leaderLines(LEADING, 80), [
    "best so far, points against no regularization (93.62%), 4 seeds",
    " +1.23 (−0.12 to 2.58)  l2=0.01",
    " −0.41 (−1.43 to 0.61)  l2=0.1",
    " −1.00                  正則化",
  ]);
});

Deno.test("leaderLines() calls a baseline with a name of its own the baseline", () => {
  const named = { ...LEADING, name: (cell: string) => cell };
  assertEquals(
    leaderLines(named, 80)[0],
    "best so far, points against the baseline (93.62%), 4 seeds",
  );
});

Deno.test("leaderLines() shows names before intervals on a narrow terminal", () => {
  assertEquals(leaderLines(LEADING, 40).slice(1), [
    " +1.23  l2=0.01",
    " −0.41  l2=0.1",
    " −1.00  正則化",
  ]);
});

Deno.test("leaderLines() shows no interval of all differences that there can be", () => {
  const [first] = LEADING.cells;
  const cells = [
    { ...first, n: 2, interval: { low: -1.2, high: 1.3 } },
    { ...first, n: 2, interval: { low: -0.9, high: 1.1 } },
  ];
  assertEquals(leaderLines({ ...LEADING, cells }, 80).slice(1), [
    " +1.23                     l2=0.01",
    " +1.23 (−90.00 to 110.00)  l2=0.01",
  ]);
});

Deno.test("leaderLines() shows means where there is nothing to compare with", () => {
  const { baseline: _, cells, ...rest } = LEADING;
  const [first, second] = cells;
  assertEquals(
    leaderLines({
      ...{ ...rest, metric: "validation_loss", noun: "run" },
      cells: [{ ...first, mean: 0.25, interval: undefined }, {
        ...{ ...second, n: 1, mean: 0.5 },
        interval: { low: 0.4, high: 0.6 },
      }],
    }, 80),
    [
      "best so far, validation loss (lower is better)",
      " 0.2500                 l2=0.01, 4 runs",
      "   0.50 (0.40 to 0.60)  l2=0.1, 1 run",
    ],
  );
});

Deno.test("leaderLines() shows on which side of 0 an interval ends, as the result does", () => {
  const cells = [{ cell: "l2=0.01", n: 4, mean: 0.015, interval: { low: -0.00004, high: 0.03 } }];
  assertEquals(leaderLines({ ...LEADING, cells }, 80).slice(1), [
    " +1.500 (−0.004 to 3.000)  l2=0.01",
  ]);
});

Deno.test("leaderText() names the best cell in a sentence", () => {
  assertEquals(
    leaderText(LEADING),
    "best so far: l2=0.01, +1.23\u00a0points (−0.12 to 2.58, 4 seeds) against no regularization",
  );
  assertEquals(
    leaderText({ ...LEADING, cells: LEADING.cells.slice(2) }),
    "best so far: 正則化, −1.00\u00a0points (4 seeds) against no regularization",
  );
});
