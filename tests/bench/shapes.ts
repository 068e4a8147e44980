import type { Config } from "../../src/trainers/hyperparameter.ts";
import type { Measurement } from "./measure.ts";
import { fastest, modelStep, stepFlops, type StepShape } from "./model_step.ts";

/** Steps until this long has passed, three at least. */
const MILLISECONDS = 100;

/** Shapes beside the usual one, where a cliff could hide. */
const SHAPES: readonly { hidden: readonly number[]; shape: StepShape; values?: Config }[] = [
  ...[1, 7, 16, 100, 513].map((width) => usual([width, width])),
  ...[1, 2, 3, 4].map((layers) => usual(new Array<number>(layers).fill(64))),
  ...[1, 32, 1000].map((rows) => usual([128, 128], { rows })),
  ...[2, 30, 300].map((classes) => usual([128, 128], { classes })),
  usual([128], { features: 784, rows: 100 }),
];

function usual(hidden: readonly number[], shape: Partial<StepShape> = {}) {
  return { hidden, shape: { rows: 1000, features: 64, classes: 10, ...shape } };
}

/** Whole training steps of other shapes, per floating-point operation of their products. */
export function measureShapes(): Measurement[] {
  return SHAPES.map(({ hidden, shape, values }) => {
    const step = modelStep({ hidden: [...hidden], ...values }, shape);
    const once = fastest(step, 3);
    const time = Math.min(once, fastest(step, Math.ceil(MILLISECONDS / once)));
    const { rows, features, classes } = shape;
    return {
      name: `a step of ${[features, ...hidden, classes].join("-")}, ${rows} rows`,
      value: 1e6 * time / stepFlops(hidden, shape),
      unit: "ns/FLOP",
      note: `${time.toPrecision(3)} ms a step`,
    };
  });
}
