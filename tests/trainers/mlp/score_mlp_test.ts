import { assert, assertEquals, assertRejects } from "@std/assert";
import { loadKernelsModule } from "../../../src/kernels/load_kernels.ts";
import { loadMlp } from "../../../src/trainers/mlp/train_mlp.ts";
import type { Parameter, TrainingTask } from "../../../src/trainers/trainer.ts";
import { UnfitState } from "../../../src/trainers/unfit_state.ts";
import { dataset as digits } from "../_train_digits.ts";
import { madeUpRows, taskWith } from "./_stages.ts";
import { OF_CLASSES, TECHNIQUES } from "./_techniques.ts";

const kernels = await loadKernelsModule();
const CASES = [
  { name: "classes", dataset: madeUpRows(3), techniques: { ...TECHNIQUES, ...OF_CLASSES } },
  { name: "a quantity", dataset: madeUpRows(1), techniques: TECHNIQUES },
];

for (const { name, dataset, techniques } of CASES) {
  Deno.test(`a model of ${name} alone gives the scores that training gives, to the bit`, async () => {
    for (const [technique, values] of Object.entries(techniques)) {
      const train = loadMlp({ dataset, kernels });
      const measures = dataset.classes.length > 0 ? ["macro_f1", "brier"] : ["mae"];
      const task = taskWith(values, { measures });
      const { parameters, test: none } = await train(task);
      const { test: expected } = await train({ ...task, scoresTest: true });
      assertEquals(none, undefined);
      assert(expected);
      // In another process, and in this one after another run.
      const other = loadMlp({ dataset, kernels });
      assertEquals([technique, await other.score?.(task, parameters)], [technique, expected]);
      await train(taskWith({ hidden: [30] }, { seed: 2 }));
      assertEquals(await train.score?.(task, parameters), expected);
    }
  });
}

Deno.test("a model of the digits alone gives its pictures", async () => {
  const train = loadMlp({ dataset: digits, kernels });
  const task = taskWith({ early_stopping: 2, learning_rate: 1 }, { scoresTest: true });
  const { parameters, test } = await train(task);
  assertEquals(test?.units.length, 8);
  assertEquals(await train.score?.(task, parameters), test);
});

Deno.test("without test rows there are no scores", async () => {
  const train = loadMlp({ dataset: madeUpRows(3), kernels });
  const split = { train: 0.8, validation: 0.2, test: 0, resplit: true };
  const task = taskWith({}, { split, scoresTest: true });
  const { parameters, test } = await train(task);
  assertEquals([test, await train.score?.(task, parameters)], [undefined, undefined]);
});

Deno.test("parameters of another model are refused", async () => {
  const train = loadMlp({ dataset: madeUpRows(3), kernels });
  const task = taskWith({ steps: 2 });
  const { parameters } = await train(task);
  const [weight, ...others] = parameters;
  const refused: (readonly Parameter[])[] = [
    [],
    others,
    [...others, weight],
    parameters.slice(0, -1),
    [...parameters, weight],
    [{ ...weight, shape: [10, 7] }, ...others],
    [{ ...weight, values: weight.values.slice(1) }, ...others],
  ];
  for (const given of refused) {
    await assertRejects(async () => await train.score?.(task, given), UnfitState, "A model must");
  }
  const other: TrainingTask = { ...task, config: { ...task.config, hidden: [10, 7] } };
  await assertRejects(async () => await train.score?.(other, parameters), UnfitState);
});
