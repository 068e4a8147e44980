import { assert, assertEquals, assertRejects } from "@std/assert";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { createRunTrainer, type UnfitListener } from "../../src/trainers/run_trainer.ts";
import type { RunTask, Training } from "../../src/trainers/trainer.ts";
import type { StageListener, TrainingStage } from "../../src/trainers/training_stage.ts";
import { configWith } from "./_model_fixture.ts";
import { madeUpRows } from "./mlp/_stages.ts";

using trainer = createRunTrainer({ kernels: await loadKernelsModule(), dataset: madeUpRows(3) });
const task: RunTask = {
  trainer: "mlp",
  config: configWith({ hidden: [5], steps: 20, evaluate_every: 5 }),
  seed: 1,
  split: { train: 0.6, validation: 0.2, test: 0.2, resplit: true },
  standardize: "global",
};

async function trainStage(
  stage: Pick<TrainingStage, "from" | "until">,
  listener: Partial<StageListener & UnfitListener> = {},
) {
  const ended: Training[] = [];
  const state = await trainer.trainStage({ ...stage, tasks: [task] }, {
    onEnd: (_, training) => void ended.push(training),
    ...listener,
  });
  return { state, digests: ended.map(({ result }) => result.digest) };
}

Deno.test("createRunTrainer() begins at the first step where a state cannot be used", async () => {
  const { state } = await trainStage({ until: 10 });
  assert(state);
  const { result: { digest, evaluations } } = await trainer.train(task);
  const whole = { until: Infinity };
  const steps: number[] = [];
  const told: string[] = [];
  const listener = {
    onEvaluation: ({ step }: { step: number }) => void steps.push(step),
    onUnfit: (reason: string) => void told.push(reason),
  };
  assertEquals((await trainStage({ ...whole, from: state }, listener)).digests, [digest]);
  assertEquals(steps, [10, 15, 20]);
  assertEquals(told, []);
  const damaged = { ...state, arrays: { ...state.arrays, velocity0: new Uint8Array(3) } };
  steps.length = 0;
  assertEquals((await trainStage({ ...whole, from: damaged }, listener)).digests, [digest]);
  assertEquals(steps, evaluations.map(({ step }) => step));
  assertEquals(told.length, 1);
});

Deno.test("createRunTrainer() gives no score for a model that is not the run's", async () => {
  const { parameters, test } = await trainer.train({ ...task, scoresTest: true });
  assertEquals(await trainer.score(task, parameters), test);
  const told: string[] = [];
  const listener = { onUnfit: (reason: string) => void told.push(reason) };
  assertEquals(await trainer.score(task, parameters.slice(1), listener), undefined);
  assertEquals(told.length, 1);
});

Deno.test("createRunTrainer() passes on what a listener throws", async () => {
  const { state: from } = await trainStage({ until: 10 });
  const failing = () => {
    throw new RangeError("full");
  };
  await assertRejects(
    () => trainStage({ from, until: Infinity }, { onEvaluation: failing }),
    RangeError,
    "full",
  );
});
