import type { OwnData, OwnModel, Predict } from "../../src/mod.ts";
import { targetsOf } from "./_targets.ts";

/** What a linear model needs to know of the training rows: y ≈ W·x + b. */
export interface LeastSquares {
  /** How many numbers the model predicts for a row. */
  readonly outputs: number;
  /** XᵀX / rows, (features, features), of columns from which their means are subtracted. */
  readonly gram: Float64Array;
  /** XᵀY / rows, (features, outputs), of the same. */
  readonly products: Float64Array;
  /** The model with a weight, (features, outputs), and the bias that is best for it. */
  model(weight: Float64Array): { readonly predict: Predict } & OwnModel;
}

/**
 * Sums up the training rows: half the mean squared error of a model with weights W is
 * ½·Wᵀ·gram·W − Wᵀ·products + constant, for each output. `targetsOf()` says what Y is.
 */
export function leastSquares(data: OwnData): LeastSquares {
  const { train: { x, rows }, features } = data;
  const { outputs, values: y, toPredictions } = targetsOf(data);
  const xMean = columnMeans(x, features);
  const yMean = columnMeans(y, outputs);
  const gram = new Float64Array(features * features);
  const products = new Float64Array(features * outputs);
  for (let row = 0; row < rows; row++) {
    const centred = x.slice(row * features, (row + 1) * features);
    for (let i = 0; i < features; i++) centred[i] -= xMean[i];
    for (let i = 0; i < features; i++) {
      for (let j = 0; j < features; j++) gram[i * features + j] += centred[i] * centred[j] / rows;
      for (let o = 0; o < outputs; o++) {
        products[i * outputs + o] += centred[i] * (y[row * outputs + o] - yMean[o]) / rows;
      }
    }
  }
  return {
    outputs,
    gram,
    products,
    model(weight) {
      const atMean = linear(xMean, weight, new Float64Array(outputs));
      const bias = yMean.map((mean, o) => mean - atMean[o]);
      return {
        predict: (x) => toPredictions(linear(x, weight, bias)),
        parameters: { weight: { shape: [features, outputs], values: weight }, bias },
      };
    },
  };
}

/** The mean of each column of a matrix with `width` columns. */
function columnMeans(matrix: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(width);
  for (let at = 0; at < matrix.length; at++) sums[at % width] += matrix[at];
  return sums.map((sum) => sum / (matrix.length / width));
}

/** x·weight + bias: x (rows, features), weight (features, outputs), bias (outputs). */
function linear(x: Float64Array, weight: Float64Array, bias: Float64Array): Float64Array {
  const outputs = bias.length;
  const features = weight.length / outputs;
  const rows = x.length / features;
  const result = new Float64Array(rows * outputs);
  for (let row = 0; row < rows; row++) {
    for (let o = 0; o < outputs; o++) {
      let sum = bias[o];
      for (let i = 0; i < features; i++) sum += x[row * features + i] * weight[i * outputs + o];
      result[row * outputs + o] = sum;
    }
  }
  return result;
}
