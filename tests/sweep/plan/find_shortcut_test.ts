import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { planText } from "../../../src/cli/plan_text.ts";
import { parseExperiment } from "../../../src/experiment/parse_experiment.ts";
import { findShortcut } from "../../../src/sweep/plan/find_shortcut.ts";
import { flopsOf } from "../../../src/sweep/plan_runs.ts";
import { BUILT_IN } from "../../../src/trainers/trainers.ts";
import { numericDataset } from "../../_numeric_dataset.ts";

const SHAPE = {
  trainRows: 30_000,
  validationRows: 10_000,
  testRows: 10_000,
  columns: 8,
  classes: 3,
};
const ESTIMATE = { secondsPerFlop: 1e-9, workers: 2, each: 3 };

function samplesOf(batchSizes: string) {
  const text = `name: e
dataset: { path: d.csv, target: y }
fixed: { evaluate_every: 1000 }
grid: { batch_size: ${batchSizes} }
seeds: 3
`;
  const experiment = parseExperiment(text, "e.yaml");
  const samples = experiment.cells.map((cell) => ({
    cell,
    flops: flopsOf(cell, { experiment, shape: SHAPE }),
  }));
  return { experiment, samples };
}

function secondsOf(samples: readonly { flops: number }[]): number {
  return 1e-9 * 3 * samples.reduce((sum, { flops }) => sum + flops, 0) / 2;
}

Deno.test("findShortcut() finds small batches where each step takes all of many rows", () => {
  const found = findShortcut(
    samplesOf("[all, 20000, 100]"),
    { trainers: BUILT_IN, shape: SHAPE },
    ESTIMATE,
  );
  assertEquals([found?.key, found?.value], ["batch_size", 64]);
  assertEquals(found?.reason, "each step takes 30,000 rows");
  const wanted = secondsOf(samplesOf("[64]").samples) * 2 + secondsOf(samplesOf("[100]").samples);
  assertAlmostEquals(found?.seconds ?? 0, wanted, 1e-9 * wanted);
});

Deno.test("findShortcut() finds none where batches are small or rows are few", () => {
  assertEquals(
    findShortcut(samplesOf("[10000, 64]"), { trainers: BUILT_IN, shape: SHAPE }, ESTIMATE),
    undefined,
  );
  const few = { ...SHAPE, trainRows: 10_000 };
  assertEquals(
    findShortcut(samplesOf("[all]"), { trainers: BUILT_IN, shape: few }, ESTIMATE),
    undefined,
  );
  assertEquals(
    findShortcut({ samples: [] }, { trainers: BUILT_IN, shape: SHAPE }, ESTIMATE),
    undefined,
  );
});

Deno.test("planText() says how long the shortcut would take", () => {
  const { experiment, samples } = samplesOf("[all]");
  const shortcut = findShortcut({ samples }, { trainers: BUILT_IN, shape: SHAPE }, ESTIMATE);
  assert(shortcut);
  const text = planText({
    untimed: [],
    ownPaces: new Map(),
    experiment,
    dataset: numericDataset({ rows: 50_000, columns: 8, classes: 3, checksum: "plan" }),
    shape: SHAPE,
    total: 3,
    missing: 3,
    known: new Map(),
    samples,
    sameRuns: [],
    seconds: 429,
    shortcut: { ...shortcut, seconds: 2.34 },
    modelSpace: 2 ** 31,
    workers: 2,
  });
  assertStringIncludes(
    text,
    "by a short measurement\n         each step takes 30,000 rows; batch_size 64 would take about 2.3 s\n",
  );
});
