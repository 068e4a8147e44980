import type { TrainerDefinition } from "../../src/mod.ts";
import { backward, forward } from "./_picture_network.ts";
import { makeWeights } from "./_picture_weights.ts";
import { shuffle } from "./_shuffle.ts";

/**
 * A small convolutional network for square pictures: a 3 × 3 convolution, ReLU, 2 × 2 max pooling,
 * dropout, a dense layer. Trained by mini-batch gradient descent with momentum and weight decay.
 *
 * Source: LeCun et al., Gradient-Based Learning Applied to Document Recognition (1998); Srivastava et
 * al., Dropout (2014); Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019).
 */
export default {
  name: "cnn",
  tasks: ["classification"],
  hyperparameters: {
    dropout: {
      type: "number",
      minimum: 0,
      exclusiveMaximum: 1,
      default: 0,
      regularizer: true,
      label: "Dropout",
      help: "probability that the dense layer does not see a unit in a training step",
    },
    weight_decay: {
      type: "number",
      minimum: 0,
      default: 0,
      regularizer: true,
      label: "Weight decay",
      help: "λ: each update also subtracts learning_rate·λ·w from a weight w",
    },
    channels: { type: "integer", minimum: 1, default: 16, label: "Channels" },
    epochs: { type: "integer", minimum: 0, default: 20, label: "Epochs" },
    batch_size: { type: "integer", minimum: 1, default: 32, label: "Batch size", unit: "rows" },
    learning_rate: { type: "number", exclusiveMinimum: 0, default: 0.03, label: "Learning rate" },
    momentum: { type: "number", minimum: 0, exclusiveMaximum: 1, default: 0.9, label: "Momentum" },
  },
  *train({ config, data, random, math }) {
    const { train: { x, y, rows }, features, classes: { length: classes } } = data;
    const side = Math.sqrt(features);
    if (!Number.isInteger(side)) throw new Error(`${features} pixels are no square picture`);
    const pictureOf = (x: Float64Array, row: number) =>
      x.subarray(row * features, (row + 1) * features);

    const weights = makeWeights(side, config.channels, classes);
    const { kernel, kernelBias, dense, denseBias } = weights;
    const units = dense.length / classes;
    // He's initialization: uniform with variance 2/inputs, since ReLU lets half of it through.
    const drawInit = random("init");
    const draw = (inputs: number) => Math.sqrt(6 / inputs) * (2 * drawInit() - 1);
    kernel.forEach((_, at) => kernel[at] = draw(9));
    dense.forEach((_, at) => dense[at] = draw(units));
    const keepAll = new Float64Array(units).fill(1);
    const predict = (x: Float64Array, rows: number) => {
      const result = new Float64Array(rows * classes);
      for (let row = 0; row < rows; row++) {
        const { probabilities } = forward(pictureOf(x, row), weights, keepAll, math);
        result.set(probabilities, row * classes);
      }
      return result;
    };

    const velocity = new Float64Array(weights.all.length);
    const order = Int32Array.from({ length: rows }, (_, row) => row);
    const [drawOrder, drawDropout] = [random("order"), random("dropout")];
    for (let epoch = 0;; epoch++) {
      yield { step: epoch, predict };
      if (epoch === config.epochs) break;
      shuffle(order, drawOrder);
      for (let first = 0; first < rows; first += config.batch_size) {
        const batch = order.subarray(first, first + config.batch_size);
        const gradient = makeWeights(side, config.channels, classes);
        for (const row of batch) {
          // Inverted dropout: what is kept is scaled up, so that nothing has to change to predict.
          const { dropout } = config;
          const keep = keepAll.map(() => drawDropout() < dropout ? 0 : 1 / (1 - dropout));
          backward(forward(pictureOf(x, row), weights, keep, math), y[row], dense, keep, gradient);
        }
        // Biases do not decay.
        const decay = config.learning_rate * config.weight_decay;
        for (const part of [kernel, dense]) part.forEach((w, at) => part[at] -= decay * w);
        gradient.all.forEach((sum, at) => {
          velocity[at] = config.momentum * velocity[at] + sum / batch.length;
          weights.all[at] -= config.learning_rate * velocity[at];
        });
      }
    }
    const shape = [config.channels, 3, 3];
    return { parameters: { kernel: { shape, values: kernel }, kernelBias, dense, denseBias } };
  },
} satisfies TrainerDefinition<
  & Record<"dropout" | "weight_decay" | "channels" | "epochs", number>
  & Record<"batch_size" | "learning_rate" | "momentum", number>
>;
