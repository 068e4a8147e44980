import { assert, assertEquals } from "@std/assert";
import { randomStream } from "../../src/random_stream.ts";
import type { RunRow } from "../../src/results/run_row.ts";
import { compareWithBaseline } from "../../src/statistics/compare_with_baseline.ts";
import { lookRows } from "../../src/statistics/look_rows.ts";
import { raceCells } from "../../src/statistics/race.ts";
import { sampleQuestion } from "./_sample_question.ts";
import { divergedRun, sampleRuns } from "./_sample_runs.ts";

const LOOKS = [5, 10, 20];
const QUESTION = sampleQuestion({ looks: LOOKS, equivalence: 0.01 });
const random = randomStream("tests of rows of looks");

/** Runs of a cell whose accuracy differs by an effect, and by so much from seed to seed. */
function cell(name: string, effect: number, spread: number): RunRow[] {
  return sampleRuns(name, Array.from({ length: 20 }, () => 0.5 + effect + spread * random()));
}

/** The runs that looks ask for. */
function asked(all: readonly RunRow[]): RunRow[] {
  const cells = [...new Set(all.map(({ cell }) => cell))];
  let runs: RunRow[] = [];
  for (;;) {
    const { next, active } = raceCells(runs, QUESTION, { cells, looks: LOOKS });
    if (next === undefined) return runs;
    const old = new Set(runs);
    runs = all.filter((run) => old.has(run) || run.seed <= next && active.includes(run.cell));
  }
}

const ALL = [
  ...cell("0", 0, 0.001),
  ...cell("1", 0.2, 0.001),
  ...cell("2", 0, 0.02),
  ...cell("3", 0.01, 0.04),
  ...Array.from({ length: 20 }, (_, seed) => divergedRun("4", seed + 1)),
];

Deno.test("lookRows() tells what each look found, and why cells went on or not", () => {
  const runs = asked(ALL);
  const rows = lookRows(runs, QUESTION) ?? [];
  assertEquals(rows.slice(0, 4).map(({ seeds, cell }) => [seeds, cell]), [
    [5, "1"],
    [5, "2"],
    [5, "3"],
    [5, "4"],
  ]);
  const [better, wide, , lost] = rows;
  assertEquals([better.n, better.verdict, better.outcome], [5, "better", "decided"]);
  assertEquals(wide.outcome, "continued");
  assertEquals(lost, {
    ...{ seeds: 5, cell: "4", n: 0, meanDifference: undefined },
    ...{ ciLow: undefined, ciHigh: undefined, pAdjusted: undefined },
    ...{ verdict: "undecided", outcome: "few_pairs" },
  });
  // A cell that goes on is looked at again, and no other is.
  const goesOn = rows.filter(({ outcome }) => outcome === "continued");
  const seenAgain = rows.filter(({ seeds }) => seeds > 5);
  assertEquals(
    goesOn.map(({ seeds, cell }) => [LOOKS[LOOKS.indexOf(seeds) + 1], cell]),
    seenAgain.map(({ seeds, cell }) => [seeds, cell]),
  );
  assert(seenAgain.length > 0);
  assertEquals(lookRows(runs.toReversed(), QUESTION)?.length, rows.length);
});

Deno.test("lookRows() ends with what comparisons say of each cell", () => {
  const runs = asked(ALL);
  const last = new Map((lookRows(runs, QUESTION) ?? []).map((row) => [row.cell, row]));
  for (const comparison of compareWithBaseline(runs, QUESTION)) {
    const { n, meanDifference, ciLow, ciHigh, pAdjusted, verdict } = last.get(comparison.cell) ??
      {};
    assertEquals(
      [n, meanDifference, ciLow, ciHigh, pAdjusted, verdict],
      [
        comparison.n,
        comparison.meanDifference,
        comparison.ciLowSimultaneous,
        comparison.ciHighSimultaneous,
        comparison.pAdjusted,
        comparison.verdict,
      ],
    );
  }
});

Deno.test("lookRows() gives nothing where a sweep looks once", () => {
  assertEquals(lookRows(ALL, sampleQuestion()), undefined);
});
