import { assertEquals } from "@std/assert";
import { summarizeCells } from "../../src/statistics/summarize_cells.ts";
import { assertClose } from "./_assert_close.ts";
import { divergedRun, failedRun, sampleRun } from "./_sample_runs.ts";

const QUESTION = { metric: "validation_accuracy", overlap: 0 } as const;

Deno.test("summarizeCells() takes each cell's completed runs, in order of first appearance", () => {
  const [second, first, ...others] = summarizeCells([
    sampleRun("0.5", 1, 0.5, 10),
    sampleRun("0", 1, 0.25, 1),
    sampleRun("0.5", 2, 1, 20),
  ], QUESTION);
  assertEquals([second.cell, first.cell, ...others], ["0.5", "0"]);
  assertEquals([second.n, second.mean, second.means["validation_accuracy"]], [2, 0.75, 0.75]);
  assertEquals([second.means["train_loss"], second.means["weight_l2"]], [15, 15]);
  assertEquals(second.values, { dropout: 0.5 });
  assertEquals([first.n, first.mean, first.means.steps], [1, 0.25, 1]);
});

Deno.test("summarizeCells() summarizes the metric that it is given", () => {
  const runs = [sampleRun("0", 1, 0.25, 3), sampleRun("0", 2, 0.25, 5)];
  const [cell] = summarizeCells(runs, { ...QUESTION, metric: "train_loss" });
  assertEquals([cell.mean, cell.means["validation_accuracy"]], [4, 0.25]);
});

Deno.test("summarizeCells() counts diverged and failed runs and leaves them out of means", () => {
  const [cell] = summarizeCells([
    sampleRun("0", 1, 0.5),
    divergedRun("0", 2),
    sampleRun("0", 3, 0.75),
    failedRun("0", 4),
    failedRun("0", 5),
  ], QUESTION);
  assertEquals([cell.n, cell.mean, cell.diverged, cell.failed], [2, 0.625, 1, 2]);
  assertEquals(cell.means["train_loss"], 0);
});

Deno.test("summarizeCells() has no interval for one run and no figures for none", () => {
  const [one, none] = summarizeCells(
    [sampleRun("0", 1, 0.5), divergedRun("1", 1)],
    QUESTION,
  );
  assertEquals([one.mean, one.sd, one.ciLow, one.ciHigh], [0.5, undefined, undefined, undefined]);
  assertEquals([none.n, none.mean, none.diverged, none.means], [0, undefined, 1, {}]);
});

Deno.test("summarizeCells() allows for overlapping rows: 1/n becomes 1/n + overlap", () => {
  const runs = [1, 2, 3, 4].map((seed) => sampleRun("0", seed, 0.9 + seed / 100));
  const [alone] = summarizeCells(runs, QUESTION);
  const [overlapping] = summarizeCells(runs, { ...QUESTION, overlap: 2 });
  assertEquals([alone.mean, alone.sd], [overlapping.mean, overlapping.sd]);
  const widths = [alone, overlapping].map(({ ciLow = NaN, ciHigh = NaN }) => ciHigh - ciLow);
  assertClose(widths[1], widths[0] * 3, 1);
});

Deno.test("summarizeCells() leaves undefined values out of their measure's mean alone", () => {
  const runs = [1, 2, 3].map((seed) => {
    const run = sampleRun("0", seed, seed / 4);
    return { ...run, measures: { ...run.measures, "validation_roc_auc": seed === 2 ? NaN : seed } };
  });
  const [byAuc] = summarizeCells(runs, { metric: "validation_roc_auc", overlap: 0 });
  assertEquals([byAuc.n, byAuc.mean, byAuc.sd], [2, 2, Math.sqrt(2)]);
  assertEquals([byAuc.diverged, byAuc.failed], [0, 0]);
  assertEquals([byAuc.means.validation_roc_auc, byAuc.means.validation_accuracy], [2, 0.5]);
  const [byAccuracy] = summarizeCells(runs, { metric: "validation_accuracy", overlap: 0 });
  assertEquals([byAccuracy.n, byAccuracy.mean], [3, 0.5]);

  const none = runs.map((run) => ({
    ...run,
    measures: { ...run.measures, validation_roc_auc: NaN },
  }));
  const [cell] = summarizeCells(none, { metric: "validation_roc_auc", overlap: 0 });
  assertEquals([cell.n, cell.mean, cell.means.validation_roc_auc], [0, undefined, undefined]);
});
