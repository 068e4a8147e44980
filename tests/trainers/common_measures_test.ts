import { assert, assertEquals } from "@std/assert";
import { loadKernelsModule } from "../../src/kernels/load_kernels.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import type { TrainerName, Training } from "../../src/trainers/trainer.ts";
import { trainerNamed } from "../../src/trainers/trainer_named.ts";
import { dataset, DIGITS_TASK } from "./_train_digits.ts";

const kernels = await loadKernelsModule();

const CONFIGS: Readonly<Record<TrainerName, Config>> = {
  // Training rows take more than one pass.
  mlp: { hidden: [8], batch_size: 32, steps: 30, evaluate_every: 10, dropout: 0.2 },
  notebook: { max_steps: 6, disp_period: 3, init_scale: 0.1 },
};

async function train(trainer: TrainerName, measures?: readonly string[]): Promise<Training> {
  const config = resolveConfig(trainer, CONFIGS[trainer]);
  const task = { ...DIGITS_TASK, config, scoresTest: true };
  const run = await trainerNamed(trainer).load({ kernels, dataset });
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
