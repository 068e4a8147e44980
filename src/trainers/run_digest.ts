import { METRICS } from "../measures/metrics.ts";
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

let cryptography: Promise<typeof import("node:crypto")> | undefined;

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
  // It takes longer to load than everything else that a worker needs for its first step.
  const { createHash } = await (cryptography ??= import("node:crypto"));
  const digest = createHash("sha256");
  for (const { values } of parameters) digest.update(bytesOf(values));
  return digest.update(bytesOf(Float64Array.from(curve))).digest("hex");
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
 * Bytes in which all NaNs are the same; little-endian, like every processor that Deno runs on.
 * Shares the numbers' buffer if none is NaN.
 */
function bytesOf(values: Float32Array | Float64Array): Uint8Array {
  const found = hasNaN(values) ? withOneNaN(values) : values;
  return new Uint8Array(found.buffer, found.byteOffset, found.byteLength);
}

/** Every run calls this. Loops over one kind of array each are faster. */
function hasNaN(values: Float32Array | Float64Array): boolean {
  if (values instanceof Float64Array) {
    for (let n = 0; n < values.length; n++) if (Number.isNaN(values[n])) return true;
    return false;
  }
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let n = 0; n < bits.length; n++) if ((bits[n] & 0x7fffffff) > 0x7f800000) return true;
  return false;
}

function withOneNaN(values: Float32Array | Float64Array): Float32Array | Float64Array {
  const copy = values.slice();
  if (copy instanceof Float32Array) {
    const bits = new Uint32Array(copy.buffer);
    for (let n = 0; n < copy.length; n++) if (Number.isNaN(copy[n])) bits[n] = NAN_FLOAT32;
  } else {
    const bits = new BigUint64Array(copy.buffer);
    for (let n = 0; n < copy.length; n++) if (Number.isNaN(copy[n])) bits[n] = NAN_FLOAT64;
  }
  return copy;
}
