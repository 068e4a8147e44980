import { assertEquals } from "@std/assert";
import type { CellSummary } from "../../src/results/cell_summary.ts";
import type { LookRow } from "../../src/results/run_row.ts";
import { looksSentences, seedsTaken } from "../../src/wording/describe_looks.ts";
import { sampleQuestion } from "../statistics/_sample_question.ts";

function summaries(...counts: number[]): CellSummary[] {
  return counts.map((n, cell) => {
    return { cell: `${cell}`, values: {}, n, means: {}, diverged: 0, failed: 0 };
  });
}

function row(seeds: number, cell: number, outcome: LookRow["outcome"]): LookRow {
  const verdict = outcome === "decided" ? "better" : "undecided";
  return { seeds, cell: `${cell}`, n: seeds, verdict, outcome };
}

function sentences(looks: readonly LookRow[], cells: CellSummary[], folds?: number): string[] {
  const question = sampleQuestion({ looks: [5, 10, 20], ...folds !== undefined && { folds } });
  return looksSentences({ looks, cells, question }, (cell) => `cell ${cell}`);
}

Deno.test("looksSentences() says how many seeds cells took, who got no more, and why", () => {
  const looks = [
    ...[row(5, 1, "decided"), row(5, 2, "continued"), row(5, 3, "few_rows")],
    ...[row(5, 4, "continued"), row(5, 5, "continued")],
    ...[row(10, 2, "decided"), row(10, 4, "few_seeds"), row(10, 5, "continued")],
    row(20, 5, "last_look"),
  ];
  assertEquals(sentences(looks, summaries(20, 5, 10, 5, 10, 20)), [
    "with looks after 5, 10 and 20 seeds, 70 of 120 runs were enough.",
    "2 of 5 other cells were decided: 1 after 5 seeds and 1 after 10.",
    "cell 4 got no more than 10 seeds: 20 would probably not decide it either.",
    "cell 3 got no more than 5 seeds: these rows would probably not decide it with any number of seeds.",
    "cell 5 took all 20 seeds and is undecided.",
  ]);
});

Deno.test("looksSentences() does not call runs enough while cells would get more", () => {
  assertEquals(sentences([row(5, 1, "decided"), row(5, 2, "continued")], summaries(5, 5, 5)), [
    "1 of 2 other cells was decided after 5 seeds.",
  ]);
});

Deno.test("looksSentences() counts cells that are many, and is short where all is decided", () => {
  const many = [1, 2, 3, 4].map((cell) => row(5, cell, "few_seeds"));
  assertEquals(sentences(many, summaries(10, 10, 10, 10, 10), 2), [
    "with looks after 5, 10 and 20 seeds, 50 of 200 runs were enough.",
    "4 cells got no more than 5 seeds: 20 would probably not decide them either.",
  ]);
  assertEquals(
    sentences([row(5, 1, "decided")], summaries(5, 5))[1],
    "the other cell was decided after 5 seeds.",
  );
  const both = [row(5, 1, "decided"), row(5, 2, "decided")];
  assertEquals(
    sentences(both, summaries(5, 5, 5))[1],
    "all 2 other cells were decided after 5 seeds.",
  );
});

Deno.test("looksSentences() says nothing of a sweep that looks once", () => {
  const question = sampleQuestion();
  assertEquals(looksSentences({ cells: summaries(5), question }, (cell) => cell), []);
});

Deno.test("seedsTaken() counts the seeds of the cells with the fewest and with the most", () => {
  assertEquals(seedsTaken(summaries(20, 5, 10), {}), "5 to 20");
  assertEquals(seedsTaken(summaries(20, 20), { folds: 2 }), "10");
});
