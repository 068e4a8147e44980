import type { Evaluation } from "./run_result.ts";
import type { TrainedLayer } from "./trainer.ts";

/**
 * A run's digest: SHA-256, in hex, over its final parameters and its curve.
 *
 * The bytes are each layer's weights (row-major) and biases, little-endian in their own precision,
 * then each evaluation's figures as little-endian float64. Every NaN counts as the same: which of
 * its bits are set depends on the processor.
 */
export async function runDigest(
  layers: readonly TrainedLayer[],
  evaluations: readonly Evaluation[],
): Promise<string> {
  const parameters = layers.flatMap(({ weight, bias }) => [weight, bias]);
  const curve = evaluations.flatMap((evaluation) => [
    evaluation.step,
    evaluation.trainLoss,
    evaluation.trainAccuracy,
    evaluation.validationLoss,
    evaluation.validationAccuracy,
    evaluation.penalty,
    evaluation.sparsity,
  ]);
  const parameterBytes = parameters.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const bytes = new DataView(new ArrayBuffer(parameterBytes + curve.length * 8));
  let at = 0;
  const appendFloat32 = (value: number) => {
    if (Number.isNaN(value)) bytes.setUint32(at, 0x7fc00000, true);
    else bytes.setFloat32(at, value, true);
    at += 4;
  };
  const appendFloat64 = (value: number) => {
    if (Number.isNaN(value)) bytes.setBigUint64(at, 0x7ff8000000000000n, true);
    else bytes.setFloat64(at, value, true);
    at += 8;
  };
  for (const values of parameters) {
    values.forEach(values instanceof Float32Array ? appendFloat32 : appendFloat64);
  }
  curve.forEach(appendFloat64);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return hash.toHex();
}
