import { z } from "zod";
import type { Dataset } from "../dataset/dataset.ts";
import { BINS } from "../trainers/histogram.ts";
import type { Evaluation, RunResult } from "../trainers/run_result.ts";
import { isRecord } from "./_result_json.ts";
import type { RunRecord, StoredResult, StoredTest } from "./run_record.ts";

/** The shape of records, after `restoreResult()`. Others are damaged or forged. */
export type RecordShape<Result extends StoredResult> = z.ZodType<
  Pick<RunRecord<Result>, "identity" | "result">
>;

/** Any number: those of a diverged run can be NaN or infinite. */
const number = z.custom<number>((value) => typeof value === "number", "expected number");
const count = z.int().nonnegative();
const text = z.string().min(1);
/** Restoring a result makes these, of numbers only. */
const measures = z.custom<Record<string, number>>(isRecord);

const scalar = z.union([z.number(), z.string()]);
/** Loose: later versions may say more of a run. */
const identity = z.looseObject({
  trainer: text,
  version: scalar,
  dataset: text.optional(),
  target: z.string().optional(),
  config: z.record(z.string(), z.union([scalar, z.boolean(), z.array(scalar)])),
  seed: count,
});

/** Records of runs. What a result has beside these members can only be measures. */
export const RUN_SHAPE = recordShape<RunResult>(z.strictObject({
  status: z.enum(["completed", "diverged"]),
  steps: count,
  evaluations: arrayOf<Evaluation>(evaluationProblem, (length) => length > 0),
  measures,
  bestStep: count,
  best: measures,
  histograms: z.array(z.strictObject({
    minimum: number,
    maximum: number,
    counts: arrayOf<number>(countProblem, (length) => length === BINS || length === 0),
  })),
  digest: text,
  trainSeconds: z.number().nonnegative(),
}));

/** What records of scores must fit: a dataset, and how many rows of it are test rows. */
export interface Scored extends Pick<Dataset, "task" | "classes" | "columns"> {
  readonly testRows: number;
  /** Names of trainers that score the rows themselves and give no predictions of single rows. */
  readonly unpredicted?: ReadonlySet<string>;
}

/**
 * Records of runs' scores on test rows.
 *
 * @param scored If given, they must fit this.
 */
export function testShape(scored?: Scored): RecordShape<StoredTest> {
  const confusion = z.array(count);
  const predictions = z.array(number);
  const weights = z.array(number);
  const units = (its: typeof weights) => z.array(z.strictObject({ unit: count, weights: its }));
  if (!scored) {
    return recordShape<StoredTest>(z.strictObject({
      measures,
      confusion: confusion.optional(),
      predictions: predictions.optional(),
      units: units(weights),
      digest: text,
    }));
  }
  const { task, classes, columns, testRows, unpredicted } = scored;
  const member = task === "classification" ? "confusion" : "predictions";
  const shape = recordShape<StoredTest>(z.strictObject({
    measures,
    ...task === "classification"
      ? { confusion: confusion.length(classes.length ** 2).optional() }
      : { predictions: predictions.length(testRows).optional() },
    units: units(weights.length(columns)),
    digest: text,
  }));
  return shape.superRefine(({ identity: { trainer }, result }, context) => {
    if (result[member] !== undefined || unpredicted?.has(trainer)) return;
    context.addIssue({ code: "custom", path: ["result", member], message: "expected array" });
  });
}

/**
 * An array of a run's record, of which a sweep reads thousands: `z.array()` takes ten times as long.
 *
 * @param problemOf What is wrong with an item.
 */
function arrayOf<Item>(
  problemOf: (item: unknown) => string | undefined,
  isLength: (length: number) => boolean,
): z.ZodType<Item[]> {
  return z.custom<Item[]>(Array.isArray, "expected array").superRefine((items, context) => {
    if (!isLength(items.length)) return context.addIssue(`wrong length ${items.length}`);
    for (const [index, item] of items.entries()) {
      const message = problemOf(item);
      if (message === undefined) continue;
      return context.addIssue({ code: "custom", path: [index], message });
    }
  });
}

function evaluationProblem(item: unknown): string | undefined {
  if (!isRecord(item) || !isRecord(item.measures)) return "expected object";
  for (const name in item) if (name !== "step" && name !== "measures") return `unexpected ${name}`;
  return countProblem(item.step) && "its step is not a count";
}

function countProblem(item: unknown): string | undefined {
  return Number.isSafeInteger(item) && Number(item) >= 0 ? undefined : "expected a count";
}

function recordShape<Result extends StoredResult>(result: z.ZodType<Result>): RecordShape<Result> {
  return z.object({ identity, result }) as unknown as RecordShape<Result>;
}

/** What is wrong with a record, as in `its … is wrong: …`; `undefined` if it has the shape. */
export function shapeProblem(
  record: unknown,
  shape: RecordShape<StoredResult>,
): string | undefined {
  const { error } = shape.safeParse(record);
  if (!error) return undefined;
  const [{ path, message }] = error.issues;
  const place = path.map((part) => typeof part === "number" ? `[${part}]` : `.${String(part)}`);
  const what = message.replace(/^Invalid (input|option): /, "");
  const reason = what.charAt(0).toLowerCase() + what.slice(1);
  return `its ${place.join("").slice(1)} is wrong: ${reason}`;
}
