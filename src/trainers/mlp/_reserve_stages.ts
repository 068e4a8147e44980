import { type Kernels, lanesOf } from "../../kernels/kernels.ts";
import { panelStride } from "../../kernels/layouts.ts";
import { type Affine, isProductCheaper, reserveProduct } from "./_affine.ts";
import { DroppedProduct, isDroppedProductCheaper } from "./_dropped_product.ts";
import type { MlpParameters } from "./_mlp_parameters.ts";
import { ShakeDrop, shakeRates } from "./_shake_drop.ts";
import { Stage } from "./_stage.ts";
import type { Arena } from "./arena.ts";
import { type MlpConfig, skipsOf } from "./mlp_config.ts";

/**
 * Reserves the stages of a model's passes, first to last.
 *
 * Layers with nothing nonlinear between them are passed as one if that is less work: x·(w₀·w₁)
 * instead of (x·w₀)·w₁. If dropout between them is rare, the product is corrected for the dropped
 * units. A layer whose outputs are normalized, or which a skip connection adds or adds to, is a stage
 * of its own.
 *
 * @param sizes Rows of a training step, and the maximum number of rows in a pass.
 * @param noBias Zeros as long as the widest layer.
 */
export function reserveStages(
  kernels: Kernels,
  arena: Arena,
  config: MlpConfig,
  { layers }: MlpParameters,
  { batchRows, capacity, noBias }: {
    readonly batchRows: number;
    readonly capacity: number;
    readonly noBias: number;
  },
): Stage[] {
  const { activation, dropout, batchNormMomentum } = config;
  const size = 16 / lanesOf(kernels.precision);
  const skips = skipsOf(config);
  const rates = shakeRates(config.shakeDrop, skips);
  const stages: Stage[] = [];
  let affine: Affine = layers[0];
  let corrected: DroppedProduct | undefined;
  layers.forEach(({ random, norm, shaking }, n) => {
    const next = layers[n + 1];
    const isLinear = activation[n] === "identity" && !norm && !skips[n] && !skips[n + 1];
    if (next && !corrected && isLinear) {
      const rate = dropout[n];
      const options = { rows: batchRows, capacity, isFirst: stages.length === 0, rate };
      if (rate === 0 && isProductCheaper(affine, next, options)) {
        affine = reserveProduct(arena, affine, next, size);
        return;
      }
      if (rate > 0 && isDroppedProductCheaper(affine, next, options)) {
        const parts = { left: affine, right: next, random, stride: panelStride(affine.outputs) };
        corrected = new DroppedProduct(kernels, arena, parts, options);
        affine = corrected.affine;
        return;
      }
    }
    const shakeDrop = shaking === undefined
      ? undefined
      : new ShakeDrop(kernels, arena, { rate: rates[n], random: shaking, capacity });
    const parts = {
      affine,
      corrected,
      norm,
      normMomentum: batchNormMomentum,
      activation: activation[n] ?? "identity",
      hasSkip: skips[n],
      shakeDrop,
      dropout: dropout[n] ?? 0,
      random,
      isLast: !next,
      capacity,
      noBias,
    };
    stages.push(new Stage(kernels, arena, parts));
    affine = next;
    corrected = undefined;
  });
  return stages;
}
