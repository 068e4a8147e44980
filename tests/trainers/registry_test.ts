import { assert, assertEquals, assertThrows } from "@std/assert";
import { resolveConfig } from "../../src/trainers/config.ts";
import { TRAINERS } from "../../src/trainers/registry.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { UserError } from "../../src/user_error.ts";

const DIGITS = { trainRows: 1079, validationRows: 359, testRows: 359, columns: 64, classes: 10 };

function notebookFlops(values: Parameters<typeof resolveConfig>[1]): number {
  return BUILT_IN.named("notebook").cost(resolveConfig(BUILT_IN.named("notebook"), values), DIGITS);
}

Deno.test("the cost of the mlp is the multiplications and additions of its products", () => {
  const config = resolveConfig(BUILT_IN.named("mlp"), { hidden: [8], steps: 3, evaluate_every: 3 });
  const [first, second] = [64 * 8, 8 * 10];
  const training = 3 * 1079 * 2 * (2 * first + 3 * second);
  const evaluations = 2 * (1079 + 359) * 2 * (first + second);
  assertEquals(BUILT_IN.named("mlp").cost(config, DIGITS), training + evaluations);
});

Deno.test("the cost of the notebook grows with its steps, and with dropout", () => {
  const short = notebookFlops({ max_steps: 99, disp_period: 1000 });
  const long = notebookFlops({ max_steps: 999, disp_period: 1000 });
  assert(Math.abs(long / short - 10) < 0.01);
  assert(notebookFlops({ dropout_rate: 0 }) < notebookFlops({ dropout_rate: 0.01 }));
});

Deno.test("withCount() gives a config of so many updates, and countOf() counts them", () => {
  const configs = [
    ["mlp", { steps: 9, momentum: 0.5 }, { steps: 4, momentum: 0.5, early_stopping: "none" }],
    // Step 0 is an update, too.
    ["notebook", { max_steps: 9 }, { max_steps: 3 }],
  ] as const;
  for (const [name, config, expected] of configs) {
    const { steps } = BUILT_IN.named(name);
    const shortened = steps?.withCount(config, 4) ?? {};
    assertEquals(shortened, expected);
    assertEquals(steps?.countOf(shortened), 4);
  }
});

Deno.test("named() takes no trainer for another", () => {
  for (const name of BUILT_IN.names) assertEquals(BUILT_IN.named(name).name, name);
  for (const name of ["notbook", "Mlp", "", "toString", "__proto__"]) {
    const error = assertThrows(() => BUILT_IN.named(name), UserError, "Unknown trainer");
    assertEquals(BUILT_IN.has(name), false);
    assertEquals(error.message.includes("this regsweep has mlp, notebook"), true);
  }
  const { problems: [{ hint }] } = assertThrows(() => BUILT_IN.named("notbook"), UserError);
  assertEquals(hint, 'did you mean "notebook"?');
  assertThrows(() => BUILT_IN.select(["mlp", "cnn"]), UserError, '"cnn"');
});

Deno.test("select() gives each trainer once, in the registry's order", () => {
  const names = BUILT_IN.select(["notebook", "mlp", "notebook"]).map(({ name }) => name);
  assertEquals(names, ["mlp", "notebook"]);
});

Deno.test("each trainer's specification fits its hyperparameters", () => {
  assertEquals(new Set(BUILT_IN.names).size, TRAINERS.length);
  for (const { hyperparameters, steps, name } of TRAINERS) {
    const rows = new Map(hyperparameters.map((row) => [row.key, row]));
    assertEquals(rows.size, hyperparameters.length);
    for (const key of [steps?.key, steps?.evaluationKey].filter((key) => key !== undefined)) {
      assertEquals(rows.get(key)?.type, "integer", `${name}: ${key}`);
    }
    for (const { key, shape, lengthOf, per } of hyperparameters) {
      const isPerLayer = shape === "per_layer";
      assertEquals(lengthOf !== undefined, isPerLayer, `${name}: ${key}`);
      assertEquals(per !== undefined, isPerLayer || shape === "mapping", `${name}: ${key}`);
      if (isPerLayer) assertEquals(rows.get(lengthOf ?? "")?.shape, "list", `${name}: ${key}`);
    }
    assertEquals(BUILT_IN.rowOf(name, hyperparameters[0].key), hyperparameters[0]);
    assertThrows(() => BUILT_IN.rowOf(name, "no_such_key"), RangeError, name);
  }
});
