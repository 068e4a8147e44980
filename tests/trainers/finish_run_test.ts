import { assertEquals, assertNotEquals } from "@std/assert";
import { finishRun } from "../../src/trainers/finish_run.ts";
import type { Evaluation } from "../../src/trainers/run_result.ts";

async function finished(evaluations: readonly Evaluation[]) {
  const { bestStep, best, digest } = await finishRun([], {
    status: "completed",
    steps: 20,
    evaluations,
    measures: {},
    trainSeconds: 0,
  });
  return { bestStep, best, digest };
}

const evaluationsOf = (key: string, values: readonly number[]) =>
  values.map((value, index) => ({
    step: 10 * index,
    measures: { [`train_${key}`]: value, [`validation_${key}`]: value },
  }));

Deno.test("finishRun() keeps the first of the best values, which for errors is the smallest", async () => {
  const { bestStep, best } = await finished(evaluationsOf("accuracy", [0.5, 0.75, 0.75]));
  assertEquals([bestStep, best], [10, { "best_validation_accuracy": 0.75 }]);
  const rmse = await finished(evaluationsOf("rmse", [3, 1, 2]));
  assertEquals([rmse.bestStep, rmse.best], [10, { "best_validation_rmse": 1 }]);
});

Deno.test("finishRun() keeps a value even if the first is not defined, and none if none is", async () => {
  const { best } = await finished(evaluationsOf("roc_auc", [NaN, 0.25, 0.125]));
  assertEquals(best, { "best_validation_roc_auc": 0.25 });
  const none = await finished(evaluationsOf("r2", [NaN, NaN]));
  assertEquals([none.bestStep, none.best], [0, { "best_validation_r2": NaN }]);
});

Deno.test("finishRun() takes the best step from accuracy, and the digest from it and loss alone", async () => {
  const common = [0.5, 0.25].map((value, index) => ({
    step: 10 * index,
    measures: {
      "train_loss": value,
      "train_accuracy": value,
      "validation_loss": value,
      "validation_accuracy": value,
      penalty: 0,
      sparsity: 0,
    },
  }));
  const more = common.map(({ step, measures }, index) => ({
    step,
    measures: {
      ...measures,
      "validation_balanced_accuracy": index,
      "validation_macro_f1": index,
      "validation_roc_auc": index,
      "validation_brier": index,
    },
  }));
  const [alone, all] = [await finished(common), await finished(more)];
  assertEquals([all.bestStep, all.digest], [alone.bestStep, alone.digest]);
  assertEquals(all.best, {
    "best_validation_accuracy": 0.5,
    "best_validation_balanced_accuracy": 1,
    "best_validation_macro_f1": 1,
    "best_validation_roc_auc": 1,
    "best_validation_brier": 0,
  });
});

Deno.test("finishRun() digests measures that only later evaluations have", async () => {
  const evaluations = [{ step: 0, measures: { seconds: 1 } }];
  const digestWith = async (score: number) => {
    const later = { step: 5, measures: { seconds: 2, score } };
    return (await finished([...evaluations, later])).digest;
  };
  assertNotEquals(await digestWith(1), await digestWith(2));
});
