import type { Dataset } from "../../dataset/dataset.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import { inColumns } from "../../measures/metrics.ts";
import { commonMeasures, positiveClass } from "../common_measures.ts";
import type { Evaluation } from "../run_result.ts";
import { exp, log } from "./_float64_math.ts";
import { KernelProducts } from "./_kernel_products.ts";
import {
  addToRows,
  columnSums,
  createMatrix,
  type Matrix,
  subtractRows,
  transposed,
} from "./_matrix.ts";
import { drawNotebookRows } from "./_draw_notebook_rows.ts";
import { drop, type DroppedUnits, droppedUnits } from "./_notebook_dropout.ts";
import { type Part, takePart } from "./_notebook_part.ts";
import { argmax, maximum, standardDeviation, sum } from "./_numpy_reductions.ts";
import { formatExponent, formatFixed } from "./_printf.ts";
import { DIM_H, FEW_DROPPED, type NotebookConfig } from "./notebook_config.ts";
import { scratchBytes } from "./notebook_memory.ts";
import type { NotebookSteps } from "./notebook_steps.ts";
import { NumpyRandom } from "./numpy_random.ts";

/** One run of the notebook. */
export interface NotebookTask {
  readonly dataset: Pick<Dataset, "values" | "targets" | "rows" | "columns" | "classes">;
  readonly config: NotebookConfig;
  readonly seed: number;
  /** True: the final model is scored on the test rows, which the notebook does not use. */
  readonly scoresTest?: boolean;
  /** Keys of requested measures besides loss and accuracy. */
  readonly measures?: readonly string[];
}

const CLIP = 5;

/**
 * Opens the NumPy notebook that regsweep grew out of, statement by statement, in float64.
 *
 * Variables have the notebook's names, and comments number its ten departures from a textbook,
 * every one of which is kept. Draws, comparisons and the order within `np.sum` are NumPy's; matrix
 * products are computed in another order, which changes results only by rounding.
 *
 * @param kernels float64 ones, whose memory only the run uses.
 * @throws {UserError} If the seed is not one of NumPy's, or the run needs more memory than there is.
 */
export function openNotebook(
  kernels: Kernels,
  { dataset, config, seed, scoresTest = false, measures: wanted = [] }: NotebookTask,
  print: (line: string) => void = () => {},
): NotebookSteps {
  const { learningRate, dropoutRate, pruningRate, prunePeriod } = config;
  const { lambdaL1, lambdaL2, initScale } = config;

  // Departure 1: `my_seed = 1` has no effect. Split, weights and dropout all use `seed`; the
  // notebook sets it again so that y is shuffled as x was.
  const random = new NumpyRandom(seed);

  print("loading digits dataset");
  print(`input shape: (${dataset.rows}, ${dataset.columns}) targets shape:  (${dataset.rows},)`);
  const { rows, mean: center, deviation } = drawNotebookRows(dataset, random);
  const features = dataset.values.map((value) => (value - center) / deviation);
  const numVal = rows.validation.length;
  const products = new KernelProducts(
    kernels,
    scratchBytes({
      rows: Math.max(rows.train.length, numVal),
      columns: dataset.columns,
      classes: dataset.classes.length,
    }),
  );
  const validation = takePart(products, dataset, features, rows.validation, DIM_H);
  const training = takePart(products, dataset, features, rows.train, DIM_H);
  const test = scoresTest ? takePart(products, dataset, features, rows.test, DIM_H) : undefined;

  const { x, labels, h0, yPred } = training;
  const n = labels.length;
  const dimX = dataset.columns;
  const dimY = dataset.classes.length;
  const wxh0 = createMatrix(dimX, DIM_H);
  const whh1 = createMatrix(DIM_H, DIM_H);
  const why = createMatrix(DIM_H, dimY);
  const weights = [wxh0, whh1, why].map(({ values }) => values);
  for (const param of weights) {
    for (let i = 0; i < param.length; i++) param[i] = initScale * random.randn();
  }
  // Departure 6: a bias is one number for all units, and the update at the end never changes it.
  let b0 = initScale * random.randn();
  let b1 = initScale * random.randn();

  // Departure 10: the second hidden layer is linear, h1 = h0·whh1 + b1, and there is no output
  // bias. So h1·why = h0·(whh1·why) + b1·Σwhy, and so on: in the right order, the notebook's
  // products with h1 and its gradient cost a fraction.
  const whhy = createMatrix(DIM_H, dimY);
  const h0dy = createMatrix(DIM_H, dimY);
  const xdy = createMatrix(dimX, dimY);
  const h1 = dropoutRate > FEW_DROPPED ? products.panels(n, DIM_H) : undefined;
  let dropped: DroppedUnits | undefined;

  const dwxh0 = createMatrix(dimX, DIM_H);
  const dwhh1 = createMatrix(DIM_H, DIM_H);
  const dwhy = createMatrix(DIM_H, dimY);
  const gradients = [dwxh0, dwhh1, dwhy].map(({ values }) => values);

  const forwardToH0 = (part: Part) => {
    products.forward(part.h0, part.x, wxh0, b0);
    products.relu(part.h0);
  };
  const forwardFromH0 = (part: Part) => {
    products.multiply(part.yPred, part.h0, whhy);
    addToRows(part.yPred, b1, columnSums(why));
  };
  const evaluate = (part: Part) => {
    forwardToH0(part);
    forwardFromH0(part);
    stableSoftmax(part.yPred);
  };

  const positive = positiveClass(wanted, dataset);
  const predictionsOf = ({ yPred: { values, columns }, labels }: Part) => {
    return { scores: values, targets: labels, classes: columns, positive };
  };

  const take = (ck: number, isShown: boolean): Evaluation | undefined => {
    let evaluation: Evaluation | undefined;
    // Forward pass. Departure 5: units that dropout keeps are not scaled, neither here nor at
    // evaluation, and in the backward pass only dwhy takes dropout into account.
    products.multiply(whhy, whh1, why);
    forwardToH0(training);
    if (h1) {
      products.forward(h1, h0, whh1, b1);
      drop(h1, random, dropoutRate);
      products.multiply(yPred, h1, why);
    } else {
      forwardFromH0(training);
      if (dropoutRate > 0) dropped = droppedUnits(random, dropoutRate, h0, whh1, b1);
      if (dropped) subtractRows(yPred, dropped.rows, dropped.values, why, dropped.units);
    }
    stableSoftmax(yPred);

    if (isShown) {
      evaluate(validation);
      // The notebook computes its loss at every step, but shows and uses only this.
      const trainLoss = loss(training);
      const penaltyL1 = lambdaL1 === 0 ? 0 : penalty(lambdaL1 / n, weights, Math.abs);
      const penaltyL2 = lambdaL2 === 0 ? 0 : penalty(lambdaL2 / (2 * n), weights, (w) => w * w);
      const trainAccuracy = accuracy(training);
      const validationAccuracy = accuracy(validation);
      print(
        `CE loss step ${ck} = ${formatExponent(trainLoss + penaltyL1 + penaltyL2, 3)}, ` +
          "training/validation accuracy: " +
          `${formatFixed(trainAccuracy, 3)}/${formatFixed(validationAccuracy, 3)}`,
      );
      evaluation = {
        step: ck,
        measures: {
          "train_loss": trainLoss,
          "train_accuracy": trainAccuracy,
          "validation_loss": loss(validation),
          "validation_accuracy": validationAccuracy,
          penalty: penaltyL1 + penaltyL2,
          sparsity: sparsity(weights),
          ...inColumns("train", commonMeasures(wanted, () => predictionsOf(training))),
          ...inColumns("validation", commonMeasures(wanted, () => predictionsOf(validation))),
        },
      };
    }

    // Backward pass, from dy = (yPred − y) / n. Departure 8: this is the gradient of the softmax
    // cross-entropy, which the loss is not.
    const dy = yPred;
    toOutputGradient(dy, labels);
    products.multiplyTransposed(h0dy, h0, dy);
    if (h1) {
      products.multiplyTransposed(dwhy, h1, dy);
    } else {
      products.multiplyTransposed(dwhy, whh1, h0dy);
      addToRows(dwhy, b1, columnSums(dy));
      if (dropped) subtractRows(dwhy, dropped.units, dropped.values, dy, dropped.rows);
    }
    products.multiply(dwhh1, h0dy, transposed(why));
    // Departure 4: `dh0[h0<0] = 0` changes nothing, since h0 was clipped to ≥ 0 before.
    products.multiplyTransposed(xdy, x, dy);
    products.multiply(dwxh0, xdy, transposed(whhy));

    for (const [layer, dparam] of gradients.entries()) {
      const param = weights[layer];
      if (lambdaL2 !== 0) {
        for (let i = 0; i < param.length; i++) dparam[i] += lambdaL2 / n * param[i];
      }
      if (lambdaL1 !== 0) {
        for (let i = 0; i < param.length; i++) dparam[i] += lambdaL1 / n * Math.sign(param[i]);
      }
    }

    // Departure 7: the masks stay all ones, so the update below already grows pruned weights back.
    if (pruningRate > 0 && ck > 0 && ck % prunePeriod === 0) {
      print("pruning weights...");
      for (const param of weights) {
        const { below, total } = prune(param, pruningRate * standardDeviation(param));
        print(`pruning ${below} of ${total} weights below threshold`);
      }
    }

    for (const [layer, dparam] of gradients.entries()) update(weights[layer], dparam, learningRate);
    return evaluation;
  };

  return {
    take,
    run: () => {
      const [first, second, third] = [wxh0, whh1, why].map(copyOf);
      return { wxh0: first, whh1: second, why: third, b0, b1, rows, mean: center, deviation };
    },
    load(model) {
      wxh0.values.set(model.wxh0.values);
      whh1.values.set(model.whh1.values);
      why.values.set(model.why.values);
      ({ b0, b1 } = model);
    },
    score(measures) {
      if (!test) return undefined;
      products.multiply(whhy, whh1, why);
      evaluate(test);
      return {
        measures: {
          loss: loss(test),
          accuracy: accuracy(test),
          ...commonMeasures(measures, () => predictionsOf(test)),
        },
        confusion: confusion(test),
      };
    },
    kept: () => [
      ...Object.entries({ wxh0, whh1, why }).map(([name, { values }]) => {
        return { name, bytes: new Uint8Array(values.buffer) };
      }),
      { name: "random", bytes: random.state },
    ],
    get hasValidState() {
      return random.isValid;
    },
  };
}

function copyOf(matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.slice() };
}

function update(param: Float64Array, dparam: Float64Array, learningRate: number): void {
  for (let i = 0; i < param.length; i++) {
    param[i] -= learningRate * Math.min(Math.max(dparam[i], -CLIP), CLIP);
  }
}

/** In place. It subtracts the maximum of all rows, not of each row. */
function stableSoftmax({ values, columns }: Matrix): void {
  const largest = maximum(values);
  for (let i = 0; i < values.length; i++) values[i] = exp(values[i] - largest);
  for (let start = 0; start < values.length; start += columns) {
    const total = sum(values, start, start + columns);
    for (let i = start; i < start + columns; i++) values[i] /= total;
  }
}

/** dy = (yPred − y) / n, in place. */
function toOutputGradient({ values, rows, columns }: Matrix, labels: Int32Array): void {
  for (let row = 0; row < rows; row++) values[row * columns + labels[row]] -= 1;
  for (let i = 0; i < values.length; i++) values[i] /= rows;
}

/** Departure 8: as if each class were a separate binary target. NaN where a p is exactly 0 or 1. */
function loss({ yPred: { values, rows, columns }, labels }: Part): number {
  const terms = values.map((p, i) => {
    const y = labels[Math.floor(i / columns)] === i % columns ? 1 : 0;
    return y * log(p) + (1 - y) * log(1 - p);
  });
  return -(1 / rows) * sum(terms);
}

/** Departure 9: only the first layer's term is scaled. */
function penalty(
  scale: number,
  weights: readonly Float64Array[],
  term: (weight: number) => number,
): number {
  const [first, second, third] = weights.map((param) => sum(param.map(term)));
  return scale * first + second + third;
}

function accuracy({ yPred: { values, rows, columns }, labels }: Part): number {
  let right = 0;
  for (let row = 0; row < rows; row++) {
    if (argmax(values, row * columns, (row + 1) * columns) === labels[row]) right++;
  }
  return right / rows;
}

/** The `confusion` of `TestResult`. */
function confusion({ yPred: { values, columns }, labels }: Part): number[] {
  const counts = new Array<number>(columns * columns).fill(0);
  labels.forEach((label, row) => {
    counts[label * columns + argmax(values, row * columns, (row + 1) * columns)]++;
  });
  return counts;
}

/** Sets weights below the threshold to 0; `total` leaves NaN out, as the notebook's count does. */
function prune(param: Float64Array, threshold: number): { below: number; total: number } {
  let below = 0;
  let total = 0;
  for (let i = 0; i < param.length; i++) {
    if (!Number.isNaN(param[i])) total++;
    if (Math.abs(param[i]) < threshold) {
      below++;
      param[i] = 0;
    }
  }
  return { below, total };
}

/** Share of weights that are exactly 0. */
function sparsity(weights: readonly Float64Array[]): number {
  let zeros = 0;
  let total = 0;
  for (const param of weights) {
    for (const weight of param) if (weight === 0) zeros++;
    total += param.length;
  }
  return zeros / total;
}
