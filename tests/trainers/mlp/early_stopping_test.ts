import { assert, assertEquals } from "@std/assert";
import { finalEvaluation } from "../../../src/results/run_measures.ts";
import { trainedSteps } from "../../../src/results/trained_steps.ts";
import type { Config } from "../../../src/trainers/hyperparameter.ts";
import { EarlyStopping } from "../../../src/trainers/mlp/_early_stopping.ts";
import { modelFixture } from "../_model_fixture.ts";
import { trainDigits } from "../_train_digits.ts";

/** What `isOver()` says of validation losses, one per step, and the step that is restored. */
function stop(patience: number, losses: readonly number[]) {
  const { model, view } = modelFixture({ hidden: [4] });
  const { parameters } = model;
  const places = parameters.blocks.map(({ values }) => values / view.BYTES_PER_ELEMENT);
  const stopping = new EarlyStopping(parameters, patience);
  const isOver = losses.map((validationLoss, step) => {
    for (const at of places) view[at] = step;
    return stopping.isOver({ step, measures: { "validation_loss": validationLoss } });
  });
  const step = stopping.restore();
  assertEquals(places.map((at) => view[at]), places.map(() => step), "parameters of that step");
  return { isOver, step };
}

Deno.test("EarlyStopping ends after `patience` evaluations without a lower loss", () => {
  assertEquals(stop(2, [3, 2, 2.5, 1, 4, 5]), {
    isOver: [false, false, false, false, false, true],
    step: 3,
  });
  assertEquals(stop(1, [3, 2, 2.5]), { isOver: [false, false, true], step: 1 });
});

Deno.test("EarlyStopping keeps the first of equal losses, and waits for none of them", () => {
  assertEquals(stop(2, [1, 1, 1]), { isOver: [false, false, true], step: 0 });
});

/** Learns the training rows by heart. */
const OVERFIT: Config = { learning_rate: 0.5, batch_size: 16, steps: 1000, evaluate_every: 20 };

Deno.test("trainMlp() with early_stopping gives the model of the lowest validation loss", async () => {
  const patience = 3;
  const stopped = await trainDigits({ ...OVERFIT, early_stopping: patience });
  const { status, steps, evaluations } = stopped.result;
  const losses = evaluations.map(({ measures }) => measures.validation_loss);
  const lowest = losses.indexOf(Math.min(...losses));
  assertEquals(status, "completed");
  assert(trainedSteps(stopped.result) < 1000, "it stops early");
  assertEquals(losses.length - 1 - lowest, patience);
  assertEquals(steps, evaluations[lowest].step);
  assertEquals(finalEvaluation(stopped.result), evaluations[lowest]);

  const exact = await trainDigits({ ...OVERFIT, steps });
  assertEquals(stopped.parameters, exact.parameters);
  assertEquals(stopped.result.histograms, exact.result.histograms);
  assertEquals(stopped.result.measures, exact.result.measures);
  assertEquals(evaluations.slice(0, lowest + 1), exact.result.evaluations);

  const whole = await trainDigits(OVERFIT);
  assertEquals(whole.result.evaluations.slice(0, evaluations.length), evaluations);
});

Deno.test("trainMlp() with early_stopping gives the best model if patience never ends", async () => {
  const { result, parameters } = await trainDigits({
    ...OVERFIT,
    steps: 400,
    early_stopping: 1000,
  });
  assertEquals(trainedSteps(result), 400);
  assert(result.steps < 400);
  const exact = await trainDigits({ ...OVERFIT, steps: result.steps });
  assertEquals(parameters, exact.parameters);
});

Deno.test("trainMlp() with early_stopping still says diverged", async () => {
  const { result } = await trainDigits({ learning_rate: 1e30, steps: 9, early_stopping: 5 });
  assertEquals([result.status, result.steps], ["diverged", trainedSteps(result)]);
});
