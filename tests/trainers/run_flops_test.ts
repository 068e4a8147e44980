import { assert, assertEquals } from "@std/assert";
import { resolveConfig } from "../../src/trainers/config.ts";
import { runFlops, withSteps } from "../../src/trainers/run_flops.ts";

const DIGITS = { trainRows: 1079, validationRows: 359, columns: 64, classes: 10 };

function notebookFlops(values: Parameters<typeof resolveConfig>[1]): number {
  return runFlops("notebook", resolveConfig("notebook", values), DIGITS);
}

Deno.test("runFlops() of the mlp are the multiplications and additions of its products", () => {
  const config = resolveConfig("mlp", { hidden: [8], steps: 3, evaluate_every: 3 });
  const [first, second] = [64 * 8, 8 * 10];
  const training = 3 * 1079 * 2 * (2 * first + 3 * second);
  const evaluations = 2 * (1079 + 359) * 2 * (first + second);
  assertEquals(runFlops("mlp", config, DIGITS), training + evaluations);
});

Deno.test("runFlops() of the notebook grow with its steps, and with dropout", () => {
  const short = notebookFlops({ max_steps: 99, disp_period: 1000 });
  const long = notebookFlops({ max_steps: 999, disp_period: 1000 });
  assert(Math.abs(long / short - 10) < 0.01);
  assert(notebookFlops({ dropout_rate: 0 }) < notebookFlops({ dropout_rate: 0.01 }));
});

Deno.test("withSteps() gives a config of so many updates", () => {
  assertEquals(withSteps("mlp", { steps: 9, momentum: 0.5 }, 4), {
    steps: 4,
    momentum: 0.5,
    early_stopping: "none",
  });
  // Step 0 is an update, too.
  assertEquals(withSteps("notebook", { max_steps: 9 }, 4), { max_steps: 3 });
});
