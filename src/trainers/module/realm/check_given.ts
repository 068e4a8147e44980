/*
 * Runs in the thread of a module: checks what the module gives.
 *
 * Its text is what is imported: see `startThread()`.
 */

import type { GivenArray } from "../../given_array.ts";
import type { OwnEvaluation, OwnParameter } from "../definition.ts";
import type { RealmRows } from "./realm_messages.ts";

const inspect = Deno.inspect;
/** How far the probabilities of a row may be from adding up to 1. */
const SUM_TOLERANCE = 1e-3;

/** Checks what train() yielded. */
export function checkEvaluation(
  value: OwnEvaluation,
  last: OwnEvaluation | undefined,
  hasData: boolean,
): OwnEvaluation {
  if (typeof value !== "object" || value === null) {
    throw wrong(`train() must yield evaluations such as { step, predict }, not ${shown(value)}`);
  }
  const unknown = unknownIn(value, ["step", "predict", "measures"]);
  if (unknown !== undefined) {
    throw wrong(`an evaluation has step, predict and measures, and no ${shown(unknown)}`);
  }
  const { step, predict, measures } = value;
  if (!Number.isSafeInteger(step) || step < 0) {
    throw wrong(`step must be an integer of at least 0, not ${shown(step)}`);
  }
  if (last && step <= last.step) {
    throw wrong(`step ${step} must be larger than the step before it, ${last.step}`);
  }
  if (predict !== undefined && typeof predict !== "function") {
    throw wrong(`predict must be a function, not ${shown(predict)}`);
  }
  if (hasData && !predict) throw wrong(`the evaluation of step ${step} must have predict`);
  if (!hasData && !measures) throw wrong(`the evaluation of step ${step} must have measures`);
  if (!hasData && predict) {
    throw wrong("an evaluation cannot have predict: there is no dataset to predict rows of");
  }
  checkMeasures(step, measures ?? {}, last);
  return { step, predict, measures } as OwnEvaluation;
}

function checkMeasures(
  step: number,
  measures: unknown,
  last: OwnEvaluation | undefined,
): void {
  if (typeof measures !== "object" || measures === null) {
    throw wrong(`measures must be an object such as { score: 1.5 }, not ${shown(measures)}`);
  }
  for (const [key, value] of Object.entries(measures)) {
    if (!/^[a-z][a-z0-9_]*$/.test(key)) {
      throw wrong(`measure ${shown(key)} must be in snake_case`);
    }
    if (typeof value !== "number") {
      throw wrong(`measure ${key} must be a number, not ${shown(value)}`);
    }
  }
  if (!last) return;
  const [before, now] = [last.measures ?? {}, measures].map((of) =>
    Object.keys(of).sort().join(", ")
  );
  if (before !== now) {
    throw wrong(`the measures of step ${step} (${now}) must be those of the first (${before})`);
  }
}

/** Predicts rows: class probabilities (rows, classes), or quantities (rows). */
export function predictRows(
  predict: NonNullable<OwnEvaluation["predict"]>,
  { x, rows }: Pick<RealmRows, "x" | "rows">,
  classes: readonly string[],
): Float64Array {
  const scores = predict(x, rows);
  const width = Math.max(classes.length, 1);
  if (typeof scores?.length !== "number") {
    throw wrong(`predict must return an array of numbers, not ${shown(scores)}`);
  }
  if (scores.length !== rows * width) {
    const shape = classes.length > 0 ? `${rows} rows × ${width} classes` : `${rows} rows`;
    throw wrong(
      `predict must return ${rows * width} numbers (${shape}), and returned ${scores.length}`,
    );
  }
  // A copy: the module may return the same array for other rows.
  return scores instanceof Float64Array ? scores.slice() : Float64Array.from(scores);
}

/** Checks that the probabilities of each row add up to 1. */
export function checkProbabilities(scores: Float64Array, classes: readonly string[]): void {
  if (classes.length === 0) return;
  for (let start = 0; start < scores.length; start += classes.length) {
    let sum = 0;
    for (let c = 0; c < classes.length; c++) {
      const share = scores[start + c];
      if (!(share >= 0)) throw wrong(`predict must return probabilities, and returned ${share}`);
      sum += share;
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw wrong(`predict must return probabilities that add up to 1 in each row, not to ${sum}`);
    }
  }
}

/** Checks that a model's parameters alone predict what its last evaluation did. */
export function checkSame(
  scores: Float64Array,
  expected: Float64Array,
  classes: readonly string[],
): void {
  const at = scores.findIndex((score, n) => score !== expected[n]);
  if (at < 0) return;
  const row = Math.floor(at / Math.max(classes.length, 1)) + 1;
  throw wrong(
    `predict() must predict from the parameters what the last evaluation did: in row ${row} of the ` +
      `validation rows it gives ${scores[at]}, not ${expected[at]}`,
  );
}

/** Whether all numbers are finite. */
export function areFinite(numbers: ArrayLike<number>): boolean {
  for (let n = 0; n < numbers.length; n++) if (!Number.isFinite(numbers[n])) return false;
  return true;
}

/** Checks what train() returned: its parameters. */
export function checkParameters(model: unknown): GivenArray[] {
  if (model === undefined) return [];
  const isModel = typeof model === "object" && model !== null;
  if (!isModel || unknownIn(model, ["parameters"]) !== undefined) {
    throw wrong(`train() must return { parameters }, or nothing, not ${shown(model)}`);
  }
  const { parameters = {} } = model as { parameters?: Record<string, OwnParameter> };
  const isList = Array.isArray(parameters) || isArray(parameters);
  if (typeof parameters !== "object" || parameters === null || isList) {
    throw wrong(`parameters must be an object of arrays by name, not ${shown(parameters)}`);
  }
  return Object.entries(parameters).map(([name, parameter]) => {
    if (isArray(parameter)) return { name, shape: [parameter.length], values: parameter };
    const { shape, values } = parameter ?? {};
    if (!isArray(values) || !Array.isArray(shape)) {
      throw wrong(
        `parameter ${name} must be a Float64Array, a Float32Array or { shape, values }, ` +
          `not ${shown(parameter)}`,
      );
    }
    const size = shape.reduce((product: number, length: number) => product * length, 1);
    if (
      !shape.every((length) => Number.isSafeInteger(length) && length >= 0) ||
      size !== values.length
    ) {
      throw wrong(
        `parameter ${name} has ${values.length} values, and its shape is [${shape.join(", ")}]`,
      );
    }
    return { name, shape: [...shape], values };
  });
}

/** A member of an object that has no such one: a typing error would lose what it was to say. */
function unknownIn(value: object, members: readonly string[]): string | undefined {
  return Object.keys(value).find((key) => !members.includes(key));
}

function isArray(value: unknown): value is Float64Array | Float32Array {
  return value instanceof Float64Array || value instanceof Float32Array;
}

/** An error about what the module gave: its message says all, so it has no name. */
export function wrong(message: string): Error {
  const error = new Error(message);
  error.name = "";
  return error;
}

/** A value as messages show it. */
export function shown(value: unknown): string {
  const text = inspect(value, { depth: 1, strAbbreviateSize: 60 }).replace(/\s+/g, " ");
  return text.length > 120 ? `${text.slice(0, 120)} …` : text;
}
