import { METRICS } from "../measures/metrics.ts";
import { sha256 } from "../sha256.ts";
import type { Evaluation } from "./run_result.ts";
import type { Parameter } from "./trainer.ts";

/** The measures that come first in a digest, in this order, which existing digests depend on. */
const FIRST = [
  "train_loss",
  "train_accuracy",
  "validation_loss",
  "validation_accuracy",
  "penalty",
  "sparsity",
];

const NAN_FLOAT32 = 0x7fc00000;
const NAN_FLOAT64 = 0x7ff8000000000000n;

/**
 * A run's digest: SHA-256, in hex, over its final parameters and its curve.
 *
 * The bytes are the parameters in their order (row-major, little-endian, in their own precision),
 * then each evaluation's step and measures as little-endian float64. Common measures that regsweep
 * computes, some of them only on request, are left out. Every NaN counts as the same, since its bits
 * depend on the processor.
 *
 * @param given The measures that an own trainer gave itself, whatever their names.
 */
export async function runDigest(
  parameters: readonly Parameter[],
  evaluations: readonly Evaluation[],
  given: ReadonlySet<string> = new Set(),
): Promise<string> {
  const columns = digestedColumns(measureNames(evaluations), given);
  const curve = evaluations.flatMap(({ step, measures }) => [
    step,
    ...columns.map((column) => measures[column] ?? NaN),
  ]);
  const parts = [
    ...parameters.map(({ values }) => values),
    Float64Array.from(curve),
  ].map(bytesOf);
  return await sha256(concatenated(parts));
}

/** The names of the measures that some evaluations have. */
export function measureNames(evaluations: readonly Pick<Evaluation, "measures">[]): Set<string> {
  return new Set(evaluations.flatMap(({ measures }) => Object.keys(measures)));
}

/** The columns that a digest covers: the first ones, then the trainer's other own measures. */
function digestedColumns(columns: ReadonlySet<string>, given: ReadonlySet<string>): string[] {
  const own = [...columns].filter((column) => {
    return !FIRST.includes(column) && (given.has(column) || !METRICS.includes(column));
  });
  return [...FIRST.filter((column) => columns.has(column)), ...own.sort()];
}

/**
 * Bytes of a copy in which all NaNs are the same; little-endian, like every processor that Deno
 * runs on.
 */
function bytesOf(values: Float32Array | Float64Array): Uint8Array {
  if (values instanceof Float32Array) {
    const copy = values.slice();
    const bits = new Uint32Array(copy.buffer);
    for (let n = 0; n < copy.length; n++) if (Number.isNaN(copy[n])) bits[n] = NAN_FLOAT32;
    return new Uint8Array(copy.buffer);
  }
  const copy = values.slice();
  const bits = new BigUint64Array(copy.buffer);
  for (let n = 0; n < copy.length; n++) if (Number.isNaN(copy[n])) bits[n] = NAN_FLOAT64;
  return new Uint8Array(copy.buffer);
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
