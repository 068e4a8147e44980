import { assertEquals, assertLessOrEqual, assertRejects, fail } from "@std/assert";
import type { Dataset } from "../../src/dataset/dataset.ts";
import { Store } from "../../src/store/store.ts";
import type { LaunchedRun, Launcher } from "../../src/sweep/launcher.ts";
import { LocalLauncher } from "../../src/sweep/local/local_launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { Progress } from "../../src/sweep/progress.ts";
import { type TrainOptions, trainRuns } from "../../src/sweep/train_runs.ts";
import { UserError } from "../../src/user_error.ts";
import { FakeLauncher } from "./_fake_launcher.ts";
import { plannedRuns } from "./_planned_runs.ts";
import { runResult } from "./_run_result.ts";

function succeed(run: PlannedRun): LaunchedRun {
  return { run, result: runResult(run.task.seed) };
}

async function withStore(work: (store: Store, folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(await Store.open(folder, { onProblem: fail }), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function optionsWith(
  runs: readonly PlannedRun[],
  options: Pick<TrainOptions, "store" | "launcher"> & Partial<Omit<TrainOptions, "summaries">>,
): Omit<TrainOptions, "summaries"> & { progress: Progress } {
  const progress = new Progress(runs.length);
  return {
    progress,
    onEvent: (event) => progress.add(event),
    failFast: false,
    leavesToOthers: true,
    signal: new AbortController().signal,
    onProblem: () => {},
    ...options,
  };
}

Deno.test("trainRuns() trains a run again if its record lacks a measure that every run has", () =>
  withStore(async (store) => {
    const runs = plannedRuns([{}, {}]);
    const [{ key, identity }] = runs;
    const result = runResult(0);
    const [{ step, measures }] = result.evaluations;
    const { "train_loss": _, ...others } = measures;
    const evaluations = [{ step, measures: others }];
    await store.put({ key, identity, result: { ...result, evaluations } });
    const problems: string[] = [];
    const launcher = new FakeLauncher(succeed);
    const onProblem = (text: string) => problems.push(text);
    await trainRuns(runs, optionsWith(runs, { store, launcher, onProblem }));
    assertEquals(launcher.launched, [0, 1]);
    assertEquals(problems, ["Training 1 run again: their records lack loss"]);
    assertEquals((await store.get(key))?.result, result);
  }));

Deno.test("trainRuns() trains no run that another process trains or has trained by then", () =>
  withStore(async (store, folder) => {
    const runs = plannedRuns([{}, {}, {}]);
    const other = await Store.open(folder, { onProblem: fail });
    const claims = [0, 2].map((seed) => other.claim(runs[seed].key));
    const launcher = new FakeLauncher(succeed);
    const swept = trainRuns(runs, optionsWith(runs, { store, launcher }));
    // Run 0 gets a record, and run 2 is given up.
    await other.put({ key: runs[0].key, identity: runs[0].identity, result: runResult(0) });
    for (const claim of claims) if (typeof claim === "object") claim.release();
    const outcomes = await swept;
    assertEquals(launcher.launched, [1, 2]);
    assertEquals(
      outcomes.map(({ result }) => result?.digest),
      [0, 1, 2].map((n) => `digest of ${n}`),
    );
    assertEquals(await leftClaims(folder), []);
  }));

/** What a store has open at most while it keeps records slowly, of runs that finish at once. */
async function mostClaims(runs: readonly PlannedRun[], launcher: Launcher): Promise<number> {
  let most = 0;
  await withStore(async (store, folder) => {
    const put = store.put.bind(store);
    store.put = async (record) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      most = Math.max(most, [...Deno.readDirSync(`${folder}/claims`)].length);
      await put(record);
    };
    const outcomes = await trainRuns(runs, optionsWith(runs, { store, launcher }));
    assertEquals(outcomes.filter(({ result }) => result).length, runs.length);
  });
  return most;
}

Deno.test("trainRuns() holds few claims while it keeps runs that finish at once", async () => {
  const workers = 2;
  const runs = plannedRuns(Array.from({ length: 200 }, () => ({ behaviour: "finishes" })));
  const launcher = new LocalLauncher({
    workers,
    context: {
      kernels: new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)),
      dataset: { counts: new Int32Array(new SharedArrayBuffer(800)) } as unknown as Dataset,
    },
    workerUrl: new URL("./local/fixtures/worker.ts", import.meta.url),
  });
  assertLessOrEqual(await mostClaims(runs, launcher), 2 * workers + 16);
});

Deno.test("trainRuns() gives its claims back when it is aborted", () =>
  withStore(async (store, folder) => {
    const runs = plannedRuns([{}, {}, {}]);
    const abort = new AbortController();
    const launcher: Launcher = {
      // deno-lint-ignore require-yield
      async *launch([run], { admit = () => "now" }) {
        assertEquals(admit(run), "now");
        assertEquals((await leftClaims(folder)).length, 1);
        abort.abort(new Error("enough"));
      },
    };
    const options = optionsWith(runs, { store, launcher, signal: abort.signal });
    await assertRejects(() => trainRuns(runs, options), Error, "enough");
    assertEquals(await leftClaims(folder), []);
  }));

async function leftClaims(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    for await (const { name: file } of Deno.readDir(`${folder}/${name}`)) names.push(file);
  }
  return names.filter((name) => name.endsWith(".claim"));
}

Deno.test("trainRuns() trains what the store does not know, and stores it", () =>
  withStore(async (store) => {
    const runs = plannedRuns([{}, {}, {}, {}]);
    await store.put({ key: runs[1].key, identity: runs[1].identity, result: runResult(1) });
    const launcher = new FakeLauncher(succeed);
    const options = optionsWith(runs, { store, launcher });
    const outcomes = await trainRuns(runs, options);
    assertEquals(launcher.launched, [0, 2, 3]);
    assertEquals(outcomes.map(({ seed, result }) => [seed, result?.digest]), [
      [0, "digest of 0"],
      [1, "digest of 1"],
      [2, "digest of 2"],
      [3, "digest of 3"],
    ]);
    assertEquals([options.progress.known, options.progress.trained], [1, 3]);
    const again = new FakeLauncher(succeed);
    await trainRuns(runs, optionsWith(runs, { store, launcher: again }));
    assertEquals(again.launched, []);
  }));

Deno.test("trainRuns() gives outcomes in the order of the runs, however they are trained", () =>
  withStore(async (store) => {
    const runs = plannedRuns([{}, {}, {}]).map((run, flops) => ({ ...run, flops }));
    const launcher = new FakeLauncher(succeed);
    const outcomes = await trainRuns(runs, optionsWith(runs, { store, launcher }));
    assertEquals(launcher.launched, [2, 1, 0]);
    assertEquals(outcomes.map(({ seed }) => seed), [0, 1, 2]);
  }));

const failOnSeed1 = (run: PlannedRun): LaunchedRun =>
  run.task.seed === 1 ? { run, failure: "boom" } : succeed(run);

Deno.test("trainRuns() goes on after a failure, and tries that run again the next time", () =>
  withStore(async (store) => {
    const runs = plannedRuns([{}, {}, {}]);
    const launcher = new FakeLauncher(failOnSeed1);
    const outcomes = await trainRuns(runs, optionsWith(runs, { store, launcher }));
    assertEquals(outcomes.map(({ failure }) => failure), [undefined, "boom", undefined]);
    const again = new FakeLauncher(succeed);
    await trainRuns(runs, optionsWith(runs, { store, launcher: again }));
    assertEquals(again.launched, [1]);
  }));

Deno.test("trainRuns() with failFast stops at the first failure", () =>
  withStore(async (store) => {
    const runs = plannedRuns([{}, {}, {}]);
    const launcher = new FakeLauncher(failOnSeed1);
    const outcomes = await trainRuns(runs, optionsWith(runs, { store, launcher, failFast: true }));
    assertEquals(launcher.launched, [0, 1]);
    assertEquals(outcomes.map(({ seed }) => seed), [0, 1]);
  }));

Deno.test("trainRuns() stores what has finished before it gives in to its signal", () =>
  withStore(async (store) => {
    const runs = plannedRuns([{}, {}, {}]);
    const stop = new AbortController();
    const launcher = new FakeLauncher((run) => {
      if (run.task.seed === 1) stop.abort(new Error("enough"));
      return succeed(run);
    });
    const { signal } = stop;
    await assertRejects(
      () => trainRuns(runs, optionsWith(runs, { store, launcher, signal })),
      Error,
      "enough",
    );
    assertEquals((await store.keys()).size, 2);
  }));

Deno.test("trainRuns() stops when the store cannot be written", () =>
  withStore(async (store, folder) => {
    const runs = plannedRuns(Array.from({ length: 100 }, () => ({})));
    // A file where the folder of all of these keys has to be.
    await Deno.writeTextFile(`${folder}/00`, "");
    const launcher = new FakeLauncher(succeed);
    const error = await assertRejects(
      () => trainRuns(runs, optionsWith(runs, { store, launcher })),
      UserError,
    );
    assertEquals(error.exitCode, 1);
    assertEquals(launcher.launched.length < 100, true);
  }));

Deno.test("trainRuns() counts a run as failed that another result is known of by then", () =>
  withStore(async (store) => {
    const runs = plannedRuns([{}, {}]);
    const launcher: Launcher = {
      async *launch(missing, options) {
        for await (const launched of new FakeLauncher(succeed).launch(missing, options)) {
          const { key, identity, task } = launched.run;
          // As a machine might that sees no claims, while this one trains.
          if (task.seed === 0) await store.put({ key, identity, result: runResult(7) });
          yield launched;
        }
      },
    };
    const options = optionsWith(runs, { store, launcher });
    const outcomes = await trainRuns(runs, options);
    assertEquals(outcomes.map(({ result }) => result?.digest), [undefined, "digest of 1"]);
    assertEquals(outcomes[0].failure?.includes("is not deterministic"), true);
    assertEquals([options.progress.trained, options.progress.failed], [1, 1]);
  }));

/** A run of a user's own trainer, whose cells are compared by `seconds`. */
function ownRun(): PlannedRun {
  const [run] = plannedRuns([{}]);
  return { ...run, measures: [], metric: "seconds" };
}

function measured(...evaluations: Record<string, number>[]): (run: PlannedRun) => LaunchedRun {
  return (run) => ({
    run,
    result: {
      ...runResult(0),
      best: {},
      evaluations: evaluations.map((measures, step) => ({ step, measures })),
      steps: evaluations.length - 1,
    },
  });
}

Deno.test("trainRuns() fails a run of which an evaluation lacks the metric, and keeps no record", () =>
  withStore(async (store) => {
    const run = ownRun();
    const launcher = new FakeLauncher(measured({ seconds: 1 }, { score: 2, loss: 3 }));
    const [{ failure, result }] = await trainRuns(
      [run],
      optionsWith([run], { store, launcher }),
    );
    assertEquals(
      [failure, result],
      ["its evaluation at step 1 has score and loss, but not seconds, the metric", undefined],
    );
    assertEquals(await store.get(run.key), undefined);
  }));

Deno.test("trainRuns() fails a run that calls a measure like another column of result files", async () => {
  for (const metric of ["seconds", "best_validation_accuracy"]) {
    const run = { ...ownRun(), metric };
    const { result } = measured({ seconds: 1, digest: 2 })(run);
    if (result === undefined) fail();
    const best: Record<string, number> = metric === "seconds" ? {} : { [metric]: 0.5 };
    const launcher = new FakeLauncher(() => ({ run, result: { ...result, best } }));
    const [{ failure }] = await trainRuns([run], optionsWith([run], { launcher }));
    assertEquals(
      failure,
      "it cannot call a measure digest: result files have another column of this name",
    );
  }
});

Deno.test("trainRuns() fails a run that calls a measure like a hyperparameter", async () => {
  const own = ownRun();
  const cases = [
    ["level", "a hyperparameter has this name"],
    ["size", "its mean is mean_size, as is a hyperparameter"],
  ] as const;
  for (const [name, reason] of cases) {
    const config = { ...own.task.config, level: 1, mean_size: 2 };
    const run = { ...own, task: { ...own.task, config } };
    const launcher = new FakeLauncher(measured({ seconds: 1, [name]: 2 }));
    const [{ failure }] = await trainRuns([run], optionsWith([run], { launcher }));
    assertEquals(failure, `it cannot call a measure ${name}: ${reason}`);
  }
});

Deno.test("trainRuns() calls a run diverged whose metric has become NaN or infinite", () =>
  withStore(async (store) => {
    for (const seconds of [NaN, Infinity, 2]) {
      const run = ownRun();
      const launcher = new FakeLauncher(measured({ seconds: 1 }, { seconds, other: NaN }));
      const [{ result }] = await trainRuns([run], optionsWith([run], { launcher }));
      assertEquals(result?.status, seconds === 2 ? "completed" : "diverged");
    }
    assertEquals((await store.keys()).size, 0);
  }));

Deno.test("trainRuns() trains a run again whose record lacks the experiment's metric", () =>
  withStore(async (store) => {
    const run = ownRun();
    const others = measured({ score: 2 })(run);
    if (others.result === undefined) fail();
    await store.put({ key: run.key, identity: run.identity, result: others.result });
    const problems: string[] = [];
    const [{ result }] = await trainRuns([run], {
      ...optionsWith([run], { store, launcher: new FakeLauncher(measured({ seconds: 4 })) }),
      onProblem: (text) => problems.push(text),
    });
    assertEquals(problems, ["Training 1 run again: their records lack seconds"]);
    assertEquals(result?.evaluations[0].measures, { seconds: 4 });
  }));

Deno.test("trainRuns() tries a record that cannot be written once more, when room was made", () =>
  withStore(async (store, folder) => {
    const runs = plannedRuns([{}]);
    const [{ key }] = runs;
    // A file that is in the way of the record's folder.
    const obstacle = `${folder}/${key.slice(0, 2)}`;
    const launcher = new FakeLauncher((run) => {
      Deno.writeTextFileSync(obstacle, "");
      return succeed(run);
    });
    let calls = 0;
    const inVain = async () => void await Promise.resolve(calls++);
    const options = { store, launcher, leavesToOthers: false };
    await assertRejects(
      () => trainRuns(runs, optionsWith(runs, { ...options, makeRoom: inVain })),
      UserError,
      "Cannot write to ",
    );
    assertEquals(calls, 1);
    await Deno.remove(obstacle);
    const makeRoom = () => Deno.remove(obstacle);
    await trainRuns(runs, optionsWith(runs, { ...options, makeRoom }));
    assertEquals((await store.get(key))?.result, runResult(0));
  }));
