import { assert, assertEquals, assertRejects, assertStringIncludes, fail } from "@std/assert";
import type { StoredTest } from "../../src/store/run_record.ts";
import { Store } from "../../src/store/store.ts";
import type { LaunchedRun, Launcher } from "../../src/sweep/launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { runsToScore, scoreTestRows } from "../../src/sweep/score_test_rows.ts";
import type { TestResult } from "../../src/trainers/run_result.ts";
import { UserError } from "../../src/user_error.ts";
import { SAMPLE_DATASET, sampleExperiment } from "../results/_sample_outcomes.ts";
import { FakeLauncher } from "./_fake_launcher.ts";
import { plannedRuns } from "./_planned_runs.ts";
import { runResult } from "./_run_result.ts";

/** Of the scores. */
const DATASET = { task: "classification" as const, classes: ["a", "b"], columns: 2, testRows: 2 };

const RUNS = plannedRuns([{}, {}, {}]);

function score(seed: number): TestResult {
  return { measures: { loss: seed, accuracy: 0.5 }, confusion: [seed, 0, 0, 1], units: [] };
}

function succeed(run: PlannedRun): LaunchedRun {
  const { seed, scoresTest } = run.task;
  assertEquals(scoresTest, true);
  return { run, result: runResult(seed), test: score(seed) };
}

async function withStore(
  work: (
    scoreWith: (launcher: Launcher, signal?: AbortSignal) => ReturnType<typeof scoreTestRows>,
    store: Store<StoredTest>,
  ) => Promise<void>,
  onProblem: (text: string) => void = fail,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const store = await Store.openTests(folder, DATASET, { onProblem });
    await work(
      (launcher, signal = new AbortController().signal) =>
        scoreTestRows(RUNS.map((run) => ({ run, result: runResult(run.task.seed) })), {
          store,
          launcher,
          leavesToOthers: true,
          onEvent: () => {},
          signal,
          onProblem: fail,
        }),
      store,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Scores by seed, in the order of the seeds. */
function bySeed(scores: ReadonlyMap<string, TestResult>) {
  return RUNS.map(({ key }) => scores.get(key)?.measures.loss);
}

Deno.test("scoreTestRows() trains once, and then knows the scores", () =>
  withStore(async (scoreWith) => {
    const launcher = new FakeLauncher(succeed);
    assertEquals(bySeed(await scoreWith(launcher)), [0, 1, 2]);
    assertEquals(launcher.launched, [0, 1, 2]);
    const again = new FakeLauncher(succeed);
    assertEquals(bySeed(await scoreWith(again)), [0, 1, 2]);
    assertEquals(again.launched, []);
  }));

Deno.test("scoreTestRows() does not show again what runs print", async () => {
  const launcher = new FakeLauncher(succeed);
  const launch: Launcher["launch"] = (runs, options) => {
    options.onMessage?.("hello");
    return launcher.launch(runs, options);
  };
  const settling = {
    ...{ launcher: { launch }, leavesToOthers: false, signal: new AbortController().signal },
    ...{ onEvent: () => {}, onProblem: fail, onMessage: fail },
  };
  const runs = RUNS.map((run) => ({ run, result: runResult(run.task.seed) }));
  assertEquals(bySeed(await scoreTestRows(runs, settling)), [0, 1, 2]);
});

Deno.test("scoreTestRows() keeps what it has when it is interrupted", () =>
  withStore(async (scoreWith) => {
    const stop = new AbortController();
    const launcher = new FakeLauncher((run) => {
      if (run.task.seed === 1) stop.abort(new Error("enough"));
      return succeed(run);
    });
    await assertRejects(() => scoreWith(launcher, stop.signal), Error, "enough");
    const again = new FakeLauncher(succeed);
    assertEquals(bySeed(await scoreWith(again)), [0, 1, 2]);
    assertEquals(again.launched, [2]);
  }));

Deno.test("scoreTestRows() scores no run that another process is scoring", () =>
  withStore(async (scoreWith, store) => {
    const [{ key, identity }] = RUNS;
    const claim = store.claim(key);
    assert(typeof claim === "object");
    const launcher = new FakeLauncher(succeed);
    const scoring = scoreWith(launcher);
    await store.put({ key, identity, result: { digest: runResult(0).digest, ...score(0) } });
    claim.release();
    assertEquals(bySeed(await scoring), [0, 1, 2]);
    assertEquals(launcher.launched, [1, 2]);
  }));

Deno.test("scoreTestRows() scores a run again if its score is another model's", async () => {
  const problems: string[] = [];
  await withStore(async (scoreWith, store) => {
    const [{ key, identity }] = RUNS;
    await store.put({ key, identity, result: { digest: "stale", ...score(7) } });
    const launcher = new FakeLauncher(succeed);
    assertEquals(bySeed(await scoreWith(launcher)), [0, 1, 2]);
    assertEquals(launcher.launched, [0, 1, 2]);
    assertEquals((await store.get(key))?.result.digest, runResult(0).digest);
    const again = new FakeLauncher(succeed);
    assertEquals(bySeed(await scoreWith(again)), [0, 1, 2]);
    assertEquals(again.launched, []);
  }, (text) => problems.push(text));
  assertEquals(problems.length, 1);
  assertStringIncludes(
    problems[0],
    ": its digest is stale, and that of its run digest of 0; moved",
  );
});

Deno.test("scoreTestRows() takes the score of another model where runs may differ", () =>
  withStore(async (_, store) => {
    const [run] = RUNS;
    const scoring = {
      ...{ store, leavesToOthers: true, signal: new AbortController().signal, onProblem: fail },
      ...{ mayDiffer: ({ key }: PlannedRun) => key === run.key, onEvent: () => {} },
    };
    const launcher = new FakeLauncher((run) => {
      return { run, result: runResult(run.task.seed + 7), test: score(run.task.seed + 7) };
    });
    const ofRun = [{ run, result: runResult(0) }];
    const scores = await scoreTestRows(ofRun, { ...scoring, launcher });
    assertEquals(scores.get(run.key)?.measures.loss, 7);
    // It is known then.
    assertEquals(await scoreTestRows(ofRun, { ...scoring, launcher }), scores);
    assertEquals(launcher.launched, [0]);
    const others = RUNS.slice(1).map((run) => ({ run, result: runResult(run.task.seed) }));
    const scoreOthers = () => scoreTestRows(others, { ...scoring, launcher });
    await assertRejects(scoreOthers, UserError, "is not deterministic");
  }));

Deno.test("scoreTestRows() refuses a model that is not the run's, and names what failed", () =>
  withStore(async (scoreWith) => {
    const launcher = new FakeLauncher((run) => {
      if (run.task.seed === 0) return { run, result: runResult(7), test: score(7) };
      if (run.task.seed === 1) return { run, failure: "its worker ended" };
      return succeed(run);
    });
    const error = await assertRejects(() => scoreWith(launcher), UserError);
    assertEquals(error.exitCode, 1);
    assertEquals(error.problems.map(({ message }) => message), [
      `Cannot score cell 0, seed 0: Run ${RUNS[0].key} is not deterministic: ` +
      "digest digest of 7, before digest of 0",
      "Cannot score cell 1, seed 1: its worker ended",
    ]);
    const again = new FakeLauncher(succeed);
    await scoreWith(again);
    assertEquals(again.launched, [0, 1]);
  }));

Deno.test("runsToScore() gives the completed runs of the selected cells and the baseline", async () => {
  const [first] = plannedRuns([{}]);
  const runs = [0.5, 0.7, 0.9].flatMap((accuracy, index) =>
    [1, 2].map((seed) => {
      const cell = { ...first.cell, index, name: `cell ${index}` };
      const key = `${index}${seed}`.padStart(64, "0");
      const run = { ...first, key, cell, replicate: seed - 1, task: { ...first.task, seed } };
      const result = runResult(seed, accuracy);
      const isDiverged = index === 0 && seed === 2;
      const outcome = { key, cell, replicate: seed - 1, seed };
      const status = isDiverged ? "diverged" as const : "completed" as const;
      return { run, outcome: { ...outcome, result: { ...result, status } } };
    })
  );
  const experiment = sampleExperiment([], runs.map(({ run }) => run.cell));
  const scored = async (test: number) => {
    const split = { train: 0.8 - test, validation: 0.2, test, resplit: true };
    const toScore = await runsToScore(
      runs.map(({ run }) => run),
      runs.map(({ outcome }) => outcome),
      {
        experiment: { ...experiment, dataset: { ...SAMPLE_DATASET, split } },
        dataset: { rows: 100, checksum: "" },
      },
    );
    return toScore.map(({ run }) => `${run.cell.name}, seed ${run.task.seed}`);
  };
  assertEquals(await scored(0.2), ["cell 0, seed 1", "cell 2, seed 1", "cell 2, seed 2"]);
  assertEquals(await scored(0), []);
});
