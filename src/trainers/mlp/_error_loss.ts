import type { Kernels } from "../../kernels/kernels.ts";
import type { OutputLoss } from "./_output_loss.ts";
import type { Arena } from "./arena.ts";

/** The size of an error from which on each loss grows linearly, in deviations of the target. */
const DELTAS = { squared: Infinity, huber: 1 };

/**
 * The loss of quantities, of the error e of the one output: ½e², or Huber's loss, which is |e| − ½
 * where |e| is greater than 1. In deviations of the target over the training rows.
 *
 * Source: Huber, Robust estimation of a location parameter (1964).
 */
export function errorLoss(
  kernels: Kernels,
  arena: Arena,
  loss: keyof typeof DELTAS,
): OutputLoss {
  const delta = DELTAS[loss];
  const sumAt = arena.region(64);
  return {
    backward({ values, stride, panels }, { targets, count }) {
      kernels.huberBackward(values, targets, panels, stride, 1 / count, delta);
    },
    evaluate({ values, stride, panels }, { targets }, totals) {
      const sum = new Float64Array(kernels.memory.buffer, sumAt, 1);
      sum[0] = totals.loss;
      kernels.huberEvaluate(values, targets, panels, stride, delta, sumAt);
      totals.loss = sum[0];
    },
    writeScores({ values, startOf }, count, scores) {
      for (let row = 0; row < count; row++) scores[row] = values[startOf(row)];
    },
    writeOutputs(scores, count, { values, startOf }) {
      for (let row = 0; row < count; row++) values[startOf(row)] = scores[row];
    },
  };
}
