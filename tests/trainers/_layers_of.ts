import type { TrainedLayer } from "../../src/trainers/trained_layer.ts";
import type { Training } from "../../src/trainers/trainer.ts";

/** A model's parameters as the dense layers that `layerParameters()` made them from. */
export function layersOf({ parameters }: Pick<Training, "parameters">): TrainedLayer[] {
  return parameters.flatMap(({ name, shape: [inputs, outputs], values: weight }) => {
    const [, layer] = name.match(/^(layer\d+)\.weight$/) ?? [];
    const bias = parameters.find((parameter) => parameter.name === `${layer}.bias`)?.values;
    return bias ? [{ inputs, outputs, weight, bias }] : [];
  });
}
