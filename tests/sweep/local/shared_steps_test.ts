import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import type { LaunchOptions, Sharing } from "../../../src/sweep/launcher.ts";
import type { PlannedRun } from "../../../src/sweep/planned_run.ts";
import type { TrainingState } from "../../../src/trainers/training_stage.ts";
import { withSharers } from "./_launch_sharing.ts";

/** Every technique, and ends of all kinds. */
const TECHNIQUES = `
grid:
  - dropout: 0.2
    input_noise: 0.1
    batch_size: 16
    optimizer: adam
    steps: [100, 150]
    prune_threshold: [0, 0.5]
    prune_period: 50
    evaluate_every: [40, 50]
    early_stopping: [none, 1, 2]
  - momentum: 0.9
    l1_penalty: 0.001
    l2_penalty: 0.001
    max_norm: 2
    steps: [100, 150]
    prune_threshold: [0, 0.5, 0.9]
    prune_period: [50, 75]
    early_stopping: [none, 1]
  - learning_rate: 100
    steps: [60, 120]
    evaluate_every: [7, 30]
`;

Deno.test("LocalLauncher gives the results of separate runs where runs share steps", () =>
  withSharers(TECHNIQUES, async ({ runs, launcher, launch, sharing }) => {
    const apart = await launch(launcher(), runs);
    assertEquals(apart.size, runs.length);
    assertEquals(await launch(launcher(), runs, { sharing: sharing() }), apart);
    // And those that go on from the ends of these, on several workers.
    const longer = runs.filter(({ mostSteps }) => mostSteps === 150);
    assert(longer.length > 0);
    const again = await launch(launcher({ workers: 3 }), longer, { sharing: sharing() });
    assertEquals(again, new Map(longer.map(({ key }) => [key, apart.get(key)])));
  }));

/** Tells of the states that are read and kept, by their steps; -1 is none. */
function watched(sharing: Sharing) {
  const read: number[] = [];
  const kept: number[] = [];
  return {
    read,
    kept,
    sharing: {
      latest: (run) => sharing.latest(run),
      async read(...args) {
        const state = await sharing.read(...args);
        read.push(state?.step ?? -1);
        return state;
      },
      keepsEnd: (run) => sharing.keepsEnd(run),
      async keep(run, state) {
        await sharing.keep(run, state);
        kept.push(state.step);
      },
      reject: (...args) => sharing.reject(...args),
      remove: (...args) => sharing.remove(...args),
    } satisfies Sharing,
  };
}

Deno.test("LocalLauncher goes on from the states that shorter runs have left", () =>
  withSharers("fixed: { hidden: [8] }\ngrid: { steps: [100, 110] }", async (given) => {
    const { runs, launch, sharing } = given;
    const launcher = given.launcher();
    const [short, long] = [100, 110].map((steps) => runs.filter((run) => run.mostSteps === steps));
    const apart = await launch(launcher, long);
    await launch(launcher, short, { sharing: sharing() });
    const { read, ...watching } = watched(sharing());
    assertEquals(await launch(launcher, long, watching), apart);
    assertEquals(read, [100, 100]);
  }));

Deno.test("LocalLauncher goes on from the last state of runs that were interrupted", () =>
  withSharers(LONG, async ({ runs, launcher, launch, sharing }) => {
    const apart = await launch(launcher(), runs);
    const stop = new AbortController();
    const first = watched(sharing());
    const keep = first.sharing.keep;
    first.sharing.keep = async (run, state) => {
      await keep(run, state);
      if (first.kept.length === 3) stop.abort();
    };
    // After each evaluation.
    const options = { signal: stop.signal, sharing: first.sharing };
    const ended = await launch(launcher({ workers: 1, stateSeconds: 0 }), runs, options);
    assertLess(ended.size, runs.length);

    const second = watched(sharing());
    assertEquals(await launch(launcher(), runs, { sharing: second.sharing }), apart);
    assert(second.read.some((step) => step > 0 && step < 20_000), second.read.join());
  }));

/** Pruning parts the runs in the middle. */
const LONG = `
fixed: { hidden: [8], steps: 20000, evaluate_every: 100, prune_period: 10000 }
grid: { prune_threshold: [0, 0.5] }
`;

Deno.test("LocalLauncher begins at the first step where a state is not that of the runs", () =>
  withSharers("fixed: { hidden: [8] }\ngrid: { steps: [100, 110] }", async (given) => {
    const { runs, launcher, launch, sharing } = given;
    const apart = await launch(launcher(), runs);
    const foreign: TrainingState = {
      ...{ step: 50, evaluations: [], arrays: { weights: new Uint8Array(8) } },
      ...{ best: new Map(), trainSeconds: 1 },
    };
    const rejected: unknown[] = [];
    const { sharing: forged } = watched(sharing());
    forged.latest = () => ({ key: "0".repeat(64), step: 50 });
    forged.read = () => Promise.resolve(foreign);
    forged.reject = (...args) => rejected.push(args);
    assertEquals(await launch(launcher({ workers: 2 }), runs, { sharing: forged }), apart);
    const reason = "A state must have";
    assertEquals(rejected.length, 2);
    for (const [state, why] of rejected as [unknown, string][]) {
      assertEquals(state, { key: "0".repeat(64), step: 50 });
      assertStringIncludes(why, reason);
    }
  }));

Deno.test("LocalLauncher trains a run whose model is another's", () =>
  withSharers("fixed: { hidden: [8], steps: 20 }", async ({ runs, launcher, launch }) => {
    const apart = await launch(launcher(), runs);
    const rejected: [PlannedRun, string][] = [];
    const trained = await launch(launcher(), runs, {
      modelOf: () => Promise.resolve([]),
      rejectModel: (...args) => rejected.push(args),
    });
    assertEquals(trained, apart);
    assertEquals(rejected.map(([{ key }]) => key).sort(), runs.map(({ key }) => key).sort());
    for (const [, reason] of rejected) assertStringIncludes(reason, "A model must have");
  }));

Deno.test("LocalLauncher shares nothing unless it is asked to", () =>
  withSharers("fixed: { hidden: [8] }\ngrid: { steps: [20, 40] }", async (given) => {
    const { runs, launcher, launch, sharing } = given;
    /** Of each run that begins, how many it begins together with. */
    const sizes = async (options: Partial<LaunchOptions>) => {
      const others: number[] = [];
      const admit: LaunchOptions["admit"] = (_, together = []) => {
        others.push(together.length);
        return "now";
      };
      assertEquals((await launch(launcher(), runs, { ...options, admit })).size, 4);
      return others;
    };
    assertEquals(await sizes({}), [0, 0, 0, 0]);
    assertEquals(await sizes({ sharing: sharing() }), [0, 1, 0, 1]);
  }));
