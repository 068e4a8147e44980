import { expOfNegative, log } from "../../kernels/exact_math.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import type { OutputLoss } from "./_output_loss.ts";
import type { Arena } from "./arena.ts";

/** The smallest positive normal number of float64. */
const SMALLEST = 2 ** -1022;

/**
 * The loss of classes: the cross-entropy of the outputs' softmax.
 *
 * Source of label smoothing: Szegedy et al., Rethinking the Inception architecture for computer
 * vision (2016), section 7.
 */
export function softmaxLoss(
  kernels: Kernels,
  arena: Arena,
  { classes, labelSmoothing }: { classes: number; labelSmoothing: number },
): OutputLoss {
  const sumsAt = arena.region(64);
  return {
    backward({ values, stride, panels }, { targets, count }) {
      kernels.softmaxBackward(values, targets, panels, classes, stride, 1 / count, labelSmoothing);
    },
    evaluate({ values, stride, panels }, { targets }, totals) {
      const sums = new Float64Array(kernels.memory.buffer, sumsAt, 2);
      sums.set([totals.loss, totals.correct]);
      kernels.softmaxEvaluate(values, targets, panels, classes, stride, sumsAt);
      [totals.loss, totals.correct] = sums;
    },
    writeScores({ values, startOf, lanes }, count, scores) {
      for (let row = 0, to = 0; row < count; row++, to += classes) {
        const start = startOf(row);
        let largest = values[start];
        for (let c = 1; c < classes; c++) largest = Math.max(largest, values[start + c * lanes]);
        let sum = 0;
        for (let c = 0; c < classes; c++) {
          const power = expOfNegative(values[start + c * lanes] - largest);
          scores[to + c] = power;
          sum += power;
        }
        for (let c = 0; c < classes; c++) scores[to + c] /= sum;
      }
    },
    writeOutputs(scores, count, { values, startOf, lanes }) {
      for (let row = 0, from = 0; row < count; row++, from += classes) {
        const start = startOf(row);
        // Finite for a probability of 0, and NaN for NaN.
        for (let c = 0; c < classes; c++) {
          values[start + c * lanes] = log(Math.max(scores[from + c], SMALLEST));
        }
      }
    },
  };
}
