import { assert, assertEquals } from "@std/assert";
import { readManifest } from "../../src/results/read_manifest.ts";
import type { LaunchedRun } from "../../src/sweep/launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { planSweep } from "../../src/sweep/plan/plan_sweep.ts";
import type { SweepEvent } from "../../src/sweep/sweep_events.ts";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";
import { verdictOn } from "../verify/_swept_folder.ts";
import { FakeLauncher } from "./_fake_launcher.ts";
import {
  type SmallExperiment,
  succeed,
  sweepOptions,
  withSmallExperiment,
} from "./_small_experiment.ts";

/** Three batches of two cells with two seeds. */
const SEARCH = {
  penalties: "{ log_uniform: [0.001, 1] }, sample: { count: 6, method: tpe, batch: 2, seed: 2 }",
};
const HALVED = { ...SEARCH, more: "successive_halving: { min_steps: 2, eta: 2 }\n" };
const PATIENT = { lastSeconds: 600 };

/** Interrupts a sweep when so many runs have been trained; gives its folder. */
async function interrupted(small: SmallExperiment, after: number): Promise<string> {
  const controller = new AbortController();
  let trained = 0;
  const launcher = new FakeLauncher((run) => {
    if (++trained === after) controller.abort(new Error("enough"));
    return succeed(run);
  });
  const options = sweepOptions(small, { launcher, signal: controller.signal, pace: PATIENT });
  const result = await sweepExperiment(small, options);
  assert(result.state === "interrupted" && result.folder !== undefined);
  return result.folder;
}

async function planOf(small: SmallExperiment) {
  return await planSweep(small, { reports: small.reports, workers: 1, onProblem: () => {} });
}

Deno.test("sweepExperiment() trains a search batch by batch, and each run once", () =>
  withSmallExperiment(async (small) => {
    const events: SweepEvent[] = [];
    const options = sweepOptions(small, { launcher: new FakeLauncher(succeed), events });
    const result = await sweepExperiment(small, options);
    assert(result.state === "complete");
    const stages = events.flatMap((event) => event.kind === "stage_began" ? [event] : []);
    assertEquals(stages.map(({ stage, runs }) => [stage.kind, runs.length]), [
      ["batch", 4],
      ["batch", 4],
      ["batch", 4],
      ["scores", stages[3].runs.length],
    ]);
    assertEquals(stages[0].ahead[0], { ...stages[0].ahead[0], kind: "batch", runs: 8 });
    assertEquals([result.counts.total, result.counts.trained], [12, 12]);
    const { runs, experiment } = result.results.manifest;
    assertEquals([runs.total, experiment.cells.length], [12, 6]);
    assertEquals(experiment.search?.found.map(({ cells }) => cells), [2, 4, 6]);
    const { isRight, files } = await verdictOn(result.folder);
    assert(isRight, JSON.stringify(files));
  }, SEARCH));

Deno.test("sweepExperiment() leaves the batches that it has, and goes on from there", async () => {
  for (const lines of [SEARCH, HALVED]) {
    await withSmallExperiment(async (small) => {
      const folder = await interrupted(small, 6);
      const { state, unfinished, runs, experiment } = readManifest(
        await Deno.readTextFile(`${folder}/manifest.json`),
      );
      assertEquals([state, unfinished?.planned], ["unfinished", 12]);
      assertEquals([runs.total, experiment.search?.found.length], [4, 1]);
      const { isRight, files } = await verdictOn(folder);
      assert(isRight, JSON.stringify(files));

      const { missing, certain, experiment: planned } = await planOf(small);
      assertEquals(planned.cells.length, 4);
      assertEquals(certain?.total, 8);
      assert(missing >= 6);
      // Whole runs replace those that were stopped, which is said.
      const launcher = new FakeLauncher(succeed);
      const options = sweepOptions(small, { launcher, onEvent: () => {} });
      const result = await sweepExperiment(small, options);
      assert(result.state === "complete");
      assert((await verdictOn(result.folder)).isRight);
      assertEquals((await planOf(small)).missing, 0);
    }, lines);
  }
});

Deno.test("sweepExperiment() stops a search at a run that failed: it decides what follows", () =>
  withSmallExperiment(async (small) => {
    const fails = (run: PlannedRun): LaunchedRun =>
      run.cell.index === 2 ? { run, failure: "boom" } : succeed(run);
    const launcher = new FakeLauncher(fails);
    const result = await sweepExperiment(small, sweepOptions(small, { launcher, pace: PATIENT }));
    assert(result.state === "stopped");
    assertEquals(result.stage, { kind: "batch", batch: 2, of: 3 });
    assertEquals(result.counts.failed, 2);
  }, SEARCH));

Deno.test("planSweep() counts no steps as shared that cells to come may not share", async () => {
  await withSmallExperiment(async (small) => {
    const { steps, missing } = await planOf(small);
    assert(steps && missing === 12);
    assertEquals(steps, { ...steps, known: 0, shared: 0, toTrain: steps.asked, workShare: 1 });
  }, SEARCH);
  await withSmallExperiment(async (small) => {
    const { steps } = await planOf(small);
    // Two seeds of 6 cells take 2 steps, of 4 cells 2 more, and of 3 cells 4 more.
    assertEquals([steps?.asked, steps?.toTrain], [2 * (6 * 2 + 4 * 4 + 3 * 8), 24 + 16 + 24]);
  }, HALVED);
});
