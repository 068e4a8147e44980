import { assert, assertEquals } from "@std/assert";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import type { TrainerName, Training } from "../../src/trainers/trainer.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { dataset, DIGITS_TASK } from "./_train_digits.ts";

const kernels = await loadKernelsModule();

const CONFIGS: Readonly<Record<TrainerName, Config>> = {
  // Training rows take more than one pass.
  mlp: { hidden: [8], batch_size: 32, steps: 30, evaluate_every: 10, dropout: 0.2 },
  notebook: { max_steps: 6, disp_period: 3, init_scale: 0.1 },
};

async function train(
  trainer: TrainerName,
  measures?: readonly string[],
  data = dataset,
): Promise<Training> {
  const config = resolveConfig(BUILT_IN.named(trainer), CONFIGS[trainer]);
  const task = { ...DIGITS_TASK, config, scoresTest: true };
  const run = await BUILT_IN.named(trainer).load({ kernels, dataset: data });
  return await run({ ...task, measures });
}

/** All losses and accuracies of a training. */
function numbers({ result, test }: Training, measure: string): number[] {
  return [
    ...result.evaluations.flatMap(({ measures }) => [
      measures[`train_${measure}`],
      measures[`validation_${measure}`],
    ]),
    test?.measures[measure] ?? NaN,
  ];
}

for (const trainer of ["mlp", "notebook"] as const) {
  Deno.test(`commonMeasures() of the ${trainer} trainer's predictions are its own, as far as it defines them so`, async () => {
    const [own, common] = await Promise.all([train(trainer), train(trainer, ["loss", "accuracy"])]);
    assertEquals(numbers(common, "accuracy"), numbers(own, "accuracy"));
    assertEquals(common.result.histograms, own.result.histograms);
    if (trainer === "notebook") return;
    numbers(common, "loss").forEach((loss, index) => {
      // The kernels' exponentials and sums are in float32.
      const exact = numbers(own, "loss")[index];
      assert(Math.abs(loss / exact - 1) < 1e-5, `${loss} is not ${exact}`);
    });
  });
}

for (const trainer of ["mlp", "notebook"] as const) {
  Deno.test(`the ${trainer} trainer gives the same cheap measures with and without probabilities`, async () => {
    const cheap = ["balanced_accuracy", "macro_f1"];
    const [own, few, all] = await Promise.all([
      train(trainer),
      train(trainer, cheap),
      train(trainer, [...cheap, "roc_auc", "brier"]),
    ]);
    for (const key of cheap) assertEquals(numbers(few, key), numbers(all, key));
    for (const key of ["roc_auc", "brier"]) {
      assert(numbers(all, key).every((value) => value >= 0 && value <= 2));
    }
    for (const { result } of [few, all]) assertEquals(result.digest, own.result.digest);
  });

  Deno.test(`the ${trainer} trainer's balanced accuracy and F1 are those of its confusion matrix`, async () => {
    const { test } = await train(trainer, ["balanced_accuracy", "macro_f1"]);
    const { confusion = [], measures } = test ?? {};
    const classes = Math.sqrt(confusion.length);
    const places = Array.from({ length: classes }, (_, c) => c);
    const sum = (terms: readonly number[]) => terms.reduce((sum, term) => sum + term, 0);
    const rowsOf = (c: number) => sum(places.map((other) => confusion[c * classes + other]));
    const takenAs = (c: number) => sum(places.map((other) => confusion[other * classes + c]));
    const right = (c: number) => confusion[c * classes + c];
    const recalls = places.map((c) => right(c) / rowsOf(c));
    const scores = places.map((c) => 2 * right(c) / (rowsOf(c) + takenAs(c)));
    assertEquals(measures?.balanced_accuracy, sum(recalls) / classes);
    assertEquals(measures?.macro_f1, sum(scores) / classes);
  });
}

/** The digits with two classes: 8, and the others. */
function eights(classes: readonly string[]) {
  const own = classes.indexOf("8");
  const targets = new Float64Array(new SharedArrayBuffer(8 * dataset.rows));
  targets.set(dataset.targets.map((target) => dataset.classes[target] === "8" ? own : 1 - own));
  return { ...dataset, targets, classes };
}

for (const trainer of ["mlp", "notebook"] as const) {
  Deno.test(`the ${trainer} trainer's average precision is that of the rarer class, whichever comes first`, async () => {
    const measures = ["average_precision"];
    const [first, second] = [eights(["8", "other"]), eights(["other", "8"])];
    for (const data of [first, second]) {
      const { test } = await train(trainer, measures, data);
      const chance = 0.1;
      assert(test && test.measures.average_precision < 0.95, JSON.stringify(test?.measures));
      assert(test.measures.average_precision > chance / 2);
    }
  });
}
