import type { Parameter } from "./trainer.ts";

/** A dense layer's final parameters. */
export interface TrainedLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** (inputs, outputs), row-major. */
  readonly weight: Float32Array | Float64Array;
  /** (outputs); zeros if the model has no bias. */
  readonly bias: Float32Array | Float64Array;
}

/** The parameters of dense layers: `layer0.weight`, `layer0.bias`, `layer1.weight`, … */
export function layerParameters(layers: readonly TrainedLayer[]): Parameter[] {
  return layers.flatMap(({ inputs, outputs, weight, bias }, index): Parameter[] => [
    {
      name: `layer${index}.weight`,
      shape: [inputs, outputs],
      values: weight,
      hasHistogram: true,
      hasPictures: index === 0,
    },
    { name: `layer${index}.bias`, shape: [outputs], values: bias },
  ]);
}
