import type { Dataset } from "../../src/dataset/dataset.ts";
import type { Training } from "../../src/trainers/trainer.ts";
import { layersOf } from "./_layers_of.ts";

/** A trained model's scores on its test rows, in plain arithmetic: ReLU, but none after `linear` layers. */
export function scoreByHand(
  training: Training,
  { values: raw, targets, columns, classes }: Dataset,
  { linear = [] }: { linear?: readonly number[] } = {},
) {
  const layers = layersOf(training);
  const { rows, mean, deviation } = training.data();
  const confusion = new Array<number>(classes.length ** 2).fill(0);
  const probabilities = Array.from(rows.test, (row) => {
    let x = Array.from(
      { length: columns },
      (_, column) => (raw[row * columns + column] - mean[column]) / deviation[column],
    );
    layers.forEach(({ outputs, weight, bias }, layer) => {
      const isLinear = layer === layers.length - 1 || linear.includes(layer);
      x = Array.from({ length: outputs }, (_, o) => {
        const sum = x.reduce((sum, value, i) => sum + value * weight[i * outputs + o], bias[o]);
        return isLinear ? sum : Math.max(0, sum);
      });
    });
    const most = Math.max(...x);
    confusion[targets[row] * classes.length + x.indexOf(most)]++;
    const exponentials = x.map((logit) => Math.exp(logit - most));
    const total = exponentials.reduce((sum, value) => sum + value);
    return { label: targets[row], p: exponentials.map((value) => value / total) };
  });
  const right = classes.reduce((sum, _, c) => sum + confusion[c * classes.length + c], 0);
  return { probabilities, confusion, accuracy: right / rows.test.length };
}
