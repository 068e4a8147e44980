import { assert, assertEquals } from "@std/assert";
import { MLP_HYPERPARAMETERS } from "../../../src/trainers/mlp/mlp_hyperparameters.ts";
import { mlpStarter } from "../../../src/trainers/mlp/mlp_starter.ts";
import type { Starter, TableShape } from "../../../src/trainers/starter.ts";

const SMALL: TableShape = {
  task: "classification",
  trainRows: 90,
  columns: 4,
  isSkewed: false,
};

function fixed({ fixed }: Starter): Record<string, unknown> {
  return Object.fromEntries(fixed.map(({ key, value }) => [key, value]));
}

function sweptKeys({ swept }: Starter): string[] {
  return swept.map(({ key }) => key);
}

Deno.test("mlpStarter() takes steps and batches by the number of rows", () => {
  const steps = [90, 1000, 1999, 2000, 20_000, 1_000_000].map((trainRows) => {
    const { batch_size, steps } = fixed(mlpStarter({ ...SMALL, trainRows }));
    return [batch_size, steps];
  });
  assertEquals(steps, [[32, 500], [32, 1000], [32, 2000], [64, 1000], [256, 2500], [256, 5000]]);
});

Deno.test("mlpStarter() takes smaller steps for quantities, whose errors have no limit", () => {
  assertEquals(fixed(mlpStarter(SMALL)).learning_rate, 0.1);
  assertEquals(fixed(mlpStarter({ ...SMALL, task: "regression" })).learning_rate, 0.02);
});

Deno.test("mlpStarter() weighs classes where one is rare", () => {
  assertEquals(fixed(mlpStarter(SMALL)).class_weight, undefined);
  assertEquals(fixed(mlpStarter({ ...SMALL, isSkewed: true })).class_weight, "balanced");
});

Deno.test("mlpStarter() sweeps the regularizers that suit the table", () => {
  const few = ["l2_penalty", "l1_penalty", "dropout", "input_noise"];
  assertEquals(sweptKeys(mlpStarter(SMALL)), [...few, "label_smoothing"]);
  assertEquals(sweptKeys(mlpStarter({ ...SMALL, task: "regression" })), few);
  const wide = mlpStarter({ ...SMALL, columns: 20 });
  assert(sweptKeys(wide).includes("group_lasso"));
  assertEquals(fixed(wide).l1_method, "proximal");
});

Deno.test("mlpStarter() sweeps regularizers alone, without the value that means off", () => {
  for (const { key, values } of mlpStarter({ ...SMALL, columns: 20 }).swept) {
    const row = MLP_HYPERPARAMETERS.find((row) => row.key === key);
    assert(row?.regularizer, key);
    assert(!values.includes(row.default as number), key);
  }
});
