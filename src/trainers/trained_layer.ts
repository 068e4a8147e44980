import type { Parameter } from "./trainer.ts";
import { UnfitState } from "./unfit_state.ts";

/** A dense layer's size. */
export interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
}

/** A dense layer's final parameters. */
export interface TrainedLayer extends LayerShape {
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

/**
 * The layers that parameters are of.
 *
 * @throws {UnfitState} If they are not the parameters of layers of these shapes.
 */
export function trainedLayers(
  parameters: readonly Parameter[],
  shapes: readonly LayerShape[],
): TrainedLayer[] {
  const valuesOf = (index: number, name: string, shape: readonly number[]) => {
    const parameter = parameters[index];
    const actual = parameter && `${parameter.name} (${parameter.shape.join(", ")})`;
    const expected = `${name} (${shape.join(", ")})`;
    const length = shape.reduce((product, size) => product * size, 1);
    if (actual === expected && parameter.values.length === length) return parameter.values;
    throw new UnfitState(`A model must have ${expected}; it has ${actual ?? "none"}`);
  };
  if (parameters.length > 2 * shapes.length) {
    throw new UnfitState(`A model must have ${shapes.length} layers; it has more`);
  }
  return shapes.map(({ inputs, outputs }, n) => ({
    inputs,
    outputs,
    weight: valuesOf(2 * n, `layer${n}.weight`, [inputs, outputs]),
    bias: valuesOf(2 * n + 1, `layer${n}.bias`, [outputs]),
  }));
}
