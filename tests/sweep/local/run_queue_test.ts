import { assertEquals } from "@std/assert";
import type { Sharing } from "../../../src/sweep/launcher.ts";
import { RunQueue } from "../../../src/sweep/local/_run_queue.ts";
import { StateKeeper } from "../../../src/sweep/local/_state_keeper.ts";
import type { TrainingState } from "../../../src/trainers/training_stage.ts";
import { plannedRuns } from "../_planned_runs.ts";

const [RUN] = plannedRuns([{}]);
const STAGE = { lead: 0, runs: [0], until: Infinity };
const KEPT = { key: "a", step: 10 };

function stateBefore(step: number): TrainingState {
  return { step, evaluations: [], arrays: {}, best: new Map(), trainSeconds: 0 };
}

/** Keeps states by their steps; a state that is kept takes a while to be written. */
function keeper() {
  const steps = new Set<number>();
  const sharing: Sharing = {
    latest: () => KEPT,
    read: () => Promise.resolve(stateBefore(KEPT.step)),
    keepsEnd: () => true,
    async keep(_, { step }) {
      await new Promise((resolve) => setTimeout(resolve));
      steps.add(step);
    },
    reject: () => {},
    remove: (_, step) => steps.delete(step),
  };
  return { sharing, steps, states: new StateKeeper(sharing) };
}

Deno.test("RunQueue.retry() lets a run begin at its first step", () => {
  const queue = new RunQueue([RUN], { stages: 2, ...keeper() });
  const stage = queue.next();
  assertEquals(stage?.kept, KEPT);
  if (stage) queue.retry(stage);
  const again = queue.next();
  assertEquals([again?.runs, again?.kept], [[0], undefined]);
});

Deno.test("StateKeeper has one state of a stage at a time, and none when its runs have ended", async () => {
  const { states, steps } = keeper();
  states.keepLast(STAGE, RUN, stateBefore(1));
  states.keepLast(STAGE, RUN, stateBefore(2));
  await states.settled();
  assertEquals([...steps], [2]);
  states.keepLast(STAGE, RUN, stateBefore(3));
  states.forget(STAGE);
  await states.settled();
  assertEquals([...steps], []);
});

Deno.test("StateKeeper leaves the state in which a run ended", async () => {
  const { states, steps } = keeper();
  states.keepLast(STAGE, RUN, stateBefore(3));
  states.keepEnd(STAGE, RUN, stateBefore(3));
  states.forget(STAGE);
  await states.settled();
  assertEquals([...steps], [3]);
});

Deno.test("StateKeeper keeps where the runs of a long stage part, and of no short one", async () => {
  const { states, steps } = keeper();
  states.handOn(STAGE, RUN, stateBefore(1));
  await states.settled();
  assertEquals([...steps], []);
  states.keepLast(STAGE, RUN, stateBefore(2));
  states.handOn(STAGE, RUN, stateBefore(3));
  states.forget(STAGE);
  await states.settled();
  assertEquals([...steps], [3]);
});
