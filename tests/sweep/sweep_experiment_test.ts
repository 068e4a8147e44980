import {
  assert,
  assertEquals,
  assertFalse,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import type { SweepManifest } from "../../src/results/manifest.ts";
import { readManifest } from "../../src/results/read_manifest.ts";
import type { LaunchedRun } from "../../src/sweep/launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import type { SweepEvent } from "../../src/sweep/sweep_events.ts";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";
import { UserError } from "../../src/user_error.ts";
import { verdictOn } from "../verify/_swept_folder.ts";
import { FakeLauncher } from "./_fake_launcher.ts";
import { shortly, succeed, sweepOptions, withSmallExperiment } from "./_small_experiment.ts";

const TRAINED = [
  "trained l2_penalty=0 1",
  "trained l2_penalty=0 2",
  "trained l2_penalty=0.1 1",
  "trained l2_penalty=0.1 2",
];

const HALVING = {
  penalties: "[0, 0.1, 0.2]",
  more: "successive_halving: { min_steps: 2, eta: 2 }\n",
};

const HALVED = `stopped_at,cell,l2_penalty,n,mean,outcome
2,l2_penalty=0,0,2,0.5,kept
2,l2_penalty=0.1,0.1,0,,stopped
2,l2_penalty=0.2,0.2,0,,stopped
`;

/** Fails the run of the second cell with seed 1. */
function failOne(run: PlannedRun): LaunchedRun {
  const fails = run.cell.index === 1 && run.task.seed === 1;
  return fails ? { run, failure: "boom" } : succeed(run);
}

/** On a busy machine, writing takes long. */
const PATIENT = { lastSeconds: 600 };

async function manifestIn(folder = ""): Promise<SweepManifest> {
  const manifest = readManifest(await Deno.readTextFile(`${folder}/manifest.json`));
  if (manifest.imported) throw new Error("It is no sweep's");
  return manifest;
}

async function namesIn(folder: string): Promise<string[]> {
  return (await Array.fromAsync(Deno.readDir(folder), ({ name }) => name)).sort();
}

Deno.test("sweepExperiment() trains, scores and writes, and emits each as it happens", () =>
  withSmallExperiment(async (small) => {
    const events: SweepEvent[] = [];
    const launcher = new FakeLauncher(succeed);
    const options = sweepOptions(small, { launcher, events });
    const result = await sweepExperiment(small, options);
    assert(result.state === "complete");
    const { known, trained, failed, total } = result.counts;
    assertEquals([known, trained, failed, total], [0, 4, 0, 4]);
    assertEquals(shortly(events), [
      "planned 4",
      "began runs of 4",
      ...TRAINED,
      "ended runs",
      "began scores of 4",
      ...TRAINED,
      "ended scores",
      "written",
    ]);
    const folder = `${small.reports}/small`;
    assertEquals(events.at(-1), { kind: "written", folder });
    const names = await namesIn(folder);
    for (const name of [...Object.keys(result.results.manifest.files), "report.html"]) {
      assert(names.includes(name), name);
    }
  }));

Deno.test("sweepExperiment() counts the runs that diverged in cells that it stopped early", () =>
  withSmallExperiment(async (small) => {
    const launcher = new FakeLauncher((run) => {
      const launched = succeed(run);
      const diverges = run.cell.index > 0 && "result" in launched && launched.result;
      return diverges
        ? { run, result: { ...launched.result, status: "diverged" as const } }
        : launched;
    });
    const result = await sweepExperiment(small, sweepOptions(small, { launcher }));
    assert(result.state === "complete");
    const { total, diverged, divergedEarly } = result.results.manifest.runs;
    assertEquals([total, diverged, divergedEarly], [2, 4, 4]);
    const page = await Deno.readTextFile(`${result.folder}/report.html`);
    assertStringIncludes(page, "4 diverged (4 in cells that were stopped early)");
    assertStringIncludes(page, "4 runs of stopped cells diverged.");
    assertEquals(await Deno.readTextFile(`${result.folder}/halving.csv`), HALVED);
  }, HALVING));

Deno.test("sweepExperiment() trains and scores no run twice", () =>
  withSmallExperiment(async (small) => {
    const first = sweepOptions(small, { launcher: new FakeLauncher(succeed) });
    await sweepExperiment(small, first);
    const [events, launcher] = [[] as SweepEvent[], new FakeLauncher(succeed)];
    const again = sweepOptions(small, { launcher, events });
    const result = await sweepExperiment(small, again);
    assertEquals([result.state, result.counts.known, result.counts.trained], ["complete", 4, 0]);
    assertEquals(launcher.launched, []);
    assertEquals(shortly(events).filter((event) => event.startsWith("known")).length, 8);
  }));

Deno.test("sweepExperiment() goes on after a failure, and the runs that failed are in its result", () =>
  withSmallExperiment(async (small) => {
    const events: SweepEvent[] = [];
    const options = sweepOptions(small, { launcher: new FakeLauncher(failOne), events });
    const result = await sweepExperiment(small, options);
    assert(result.state === "complete");
    assertEquals([result.counts.trained, result.counts.failed], [3, 1]);
    assertEquals(result.results.manifest.failures.map(({ reason }) => reason), ["boom"]);
    const ended = events.find((event) => event.kind === "stage_ended");
    assertEquals(
      ended?.kind === "stage_ended" && ended.outcomes?.map(({ failure }) => failure),
      [undefined, undefined, "boom", undefined],
    );
  }));

Deno.test("sweepExperiment() with failFast stops at the first failure, and writes what there is", () =>
  withSmallExperiment(async (small) => {
    const [events, launcher] = [[] as SweepEvent[], new FakeLauncher(failOne)];
    const options = sweepOptions(small, { launcher, events, failFast: true });
    const result = await sweepExperiment(small, options);
    assert(result.state === "stopped");
    assertEquals(result.stage, { kind: "runs" });
    assertEquals([result.counts.trained, result.counts.failed], [1, 1]);
    assertEquals(launcher.launched.length, 2);
    assertEquals(shortly(events).at(-1), "ended runs");
    assertEquals(result.folder, `${small.reports}/small`);
    const { unfinished, runs, failures } = await manifestIn(result.folder);
    assertEquals(unfinished, { planned: 4, why: "failed" });
    assertEquals([runs.total, failures[0].reason], [2, "boom"]);
  }));

Deno.test("sweepExperiment() compares cells at each rung, and trains on those that go on", () =>
  withSmallExperiment(async (small) => {
    const events: SweepEvent[] = [];
    const options = sweepOptions(small, { launcher: new FakeLauncher(succeed), events });
    const result = await sweepExperiment(small, options);
    assertEquals(result.state, "complete");
    const stages = events.flatMap((event) => {
      return event.kind === "stage_began" ? [[event.stage, event.runs.length]] : [];
    });
    assertEquals(stages, [
      [{ kind: "rung", step: 2 }, 6],
      [{ kind: "runs" }, 4],
      [{ kind: "scores" }, 4],
    ]);
    // The last stage that trained is counted, not the rung.
    assertEquals(result.counts.total, 4);
  }, HALVING));

Deno.test("sweepExperiment() stops where a rung cannot be compared", () =>
  withSmallExperiment(async (small) => {
    const options = sweepOptions(small, { launcher: new FakeLauncher(failOne) });
    const result = await sweepExperiment(small, options);
    assert(result.state === "stopped");
    assertEquals(result.stage, { kind: "rung", step: 2 });
    // No rung is finished.
    assertEquals(result.folder, undefined);
    assertEquals(await namesIn(`${small.reports}/small`), []);
  }, HALVING));

Deno.test("sweepExperiment() keeps what has finished when its signal aborts, and goes on from there", () =>
  withSmallExperiment(async (small) => {
    const stop = new AbortController();
    const launcher = new FakeLauncher((run) => {
      if (run.cell.index === 1) stop.abort();
      return succeed(run);
    });
    const events: SweepEvent[] = [];
    const options = sweepOptions(small, { launcher, events, signal: stop.signal, pace: PATIENT });
    const result = await sweepExperiment(small, options);
    assert(result.state === "interrupted");
    assertEquals(result.counts.trained, 2);
    assertFalse(shortly(events).includes("ended runs"));
    assertEquals(result.folder, `${small.reports}/small`);
    const { state: before, unfinished, runs } = await manifestIn(result.folder);
    assertEquals([before, unfinished], ["unfinished", { planned: 4, why: "interrupted" }]);
    assertEquals([runs.total, runs.trained], [2, 2]);
    const again = sweepOptions(small, { launcher: new FakeLauncher(succeed) });
    const { state, counts } = await sweepExperiment(small, again);
    assertEquals([state, counts.known, counts.trained], ["complete", 2, 2]);
  }));

Deno.test("sweepExperiment() is interrupted while it scores, too, and counts the runs that it keeps", () =>
  withSmallExperiment(async (small) => {
    const stop = new AbortController();
    const launcher = new FakeLauncher((run) => {
      if (run.task.scoresTest) stop.abort();
      return succeed(run);
    });
    const options = sweepOptions(small, { launcher, signal: stop.signal, pace: PATIENT });
    const result = await sweepExperiment(small, options);
    assert(result.state === "interrupted" && result.folder !== undefined);
    assertEquals([result.counts.trained, result.counts.total], [4, 4]);
    const { unfinished, files } = await manifestIn(result.folder);
    assertEquals(unfinished, { planned: 4, why: "interrupted", unscored: true });
    assertEquals("test.csv" in files, false);
    const { isRight, files: checked } = await verdictOn(result.folder);
    assertEquals([isRight, checked.flatMap(({ findings }) => findings)], [true, []]);
  }));

Deno.test("sweepExperiment() refuses more runs than are allowed before it writes anything", () =>
  withSmallExperiment(async (small) => {
    const options = sweepOptions(small, { launcher: new FakeLauncher(succeed), maxRuns: 3 });
    const error = await assertRejects(
      () => sweepExperiment(small, options),
      UserError,
      "Cannot sweep 4 runs: --max-runs is 3",
    );
    assertEquals(error.exitCode, 2);
    await assertRejects(() => Deno.stat(small.reports), Deno.errors.NotFound);
  }));

Deno.test("sweepExperiment() throws what goes wrong, though its signal has aborted by then", () =>
  withSmallExperiment(async (small) => {
    const stop = new AbortController();
    const launcher = new FakeLauncher(() => {
      stop.abort();
      throw new Error("a bug");
    });
    const options = sweepOptions(small, { launcher, signal: stop.signal });
    await assertRejects(() => sweepExperiment(small, options), Error, "a bug");
  }));
