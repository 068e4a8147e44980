import type { Parameter } from "./trainer.ts";
import { UnfitState } from "./unfit_state.ts";

/** A dense layer's size. */
export interface LayerShape {
  readonly inputs: number;
  readonly outputs: number;
  /** Present if its outputs are batch-normalized. */
  readonly norm?: object;
}

/** What batch normalization has learned of each output: (outputs). */
export interface TrainedNorm {
  readonly scale: Float32Array | Float64Array;
  /** The running moments that predictions use. */
  readonly mean: Float32Array | Float64Array;
  readonly variance: Float32Array | Float64Array;
}

/** A dense layer's final parameters. */
export interface TrainedLayer extends LayerShape {
  /** (inputs, outputs), row-major. */
  readonly weight: Float32Array | Float64Array;
  /** (outputs); zeros if the model has no bias. */
  readonly bias: Float32Array | Float64Array;
  readonly norm?: TrainedNorm;
}

/** The names that a layer's batch normalization has in a model, in their order. */
const NORM_NAMES = ["scale", "running_mean", "running_variance"] as const;

/**
 * The parameters of dense layers: `layer0.weight`, `layer0.bias`, `layer1.weight`, …; after the bias of
 * a layer with batch normalization also `layer0.scale`, `layer0.running_mean` and
 * `layer0.running_variance`.
 */
export function layerParameters(layers: readonly TrainedLayer[]): Parameter[] {
  return layers.flatMap(({ inputs, outputs, weight, bias, norm }, index): Parameter[] => {
    const perOutput = [bias, ...norm ? [norm.scale, norm.mean, norm.variance] : []];
    return [
      {
        name: `layer${index}.weight`,
        shape: [inputs, outputs],
        values: weight,
        hasHistogram: true,
        hasPictures: index === 0,
      },
      ...perOutput.map((values, n) => {
        return { name: `layer${index}.${["bias", ...NORM_NAMES][n]}`, shape: [outputs], values };
      }),
    ];
  });
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
  let index = 0;
  const next = (name: string, shape: readonly number[]) => {
    const parameter = parameters[index++];
    const actual = parameter && `${parameter.name} (${parameter.shape.join(", ")})`;
    const expected = `${name} (${shape.join(", ")})`;
    const length = shape.reduce((product, size) => product * size, 1);
    if (actual === expected && parameter.values.length === length) return parameter.values;
    throw new UnfitState(`A model must have ${expected}; it has ${actual ?? "none"}`);
  };
  const layers = shapes.map(({ inputs, outputs, norm }, n) => {
    const weight = next(`layer${n}.weight`, [inputs, outputs]);
    const bias = next(`layer${n}.bias`, [outputs]);
    if (!norm) return { inputs, outputs, weight, bias };
    const [scale, mean, variance] = NORM_NAMES.map((name) => next(`layer${n}.${name}`, [outputs]));
    return { inputs, outputs, weight, bias, norm: { scale, mean, variance } };
  });
  if (parameters.length > index) {
    throw new UnfitState(`A model must have ${shapes.length} layers; it has more`);
  }
  return layers;
}
