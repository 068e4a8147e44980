import { z } from "zod";
import { allowedRange, allowedValues } from "./allowed_values.ts";
import { MAXIMUM_RUNS } from "./experiment.ts";
import type { Hyperparameter, HyperparameterValue, Scalar } from "./hyperparameters.ts";
import { MAXIMUM_HIDDEN_LAYERS } from "./hyperparameters.ts";

/** A range as written: exactly one of `log` and `linear` is there. */
export interface WrittenRange {
  readonly log?: readonly [number, number];
  readonly linear?: readonly [number, number];
  readonly count: number;
}

/** What the grid says of one hyperparameter: its values, or a range of them. */
export type Sweep = readonly HyperparameterValue[] | WrittenRange;

export interface HyperparameterSchemas {
  /** One value of it. */
  readonly value: z.ZodType<HyperparameterValue>;
  /** What the grid may say of it: a list of values or, for numbers, a range. */
  readonly sweep: z.ZodType<Sweep>;
}

/**
 * What an experiment file may say of a hyperparameter, as the table has it.
 *
 * Messages say what is required, without the value: whoever shows them knows how it was written.
 */
export function hyperparameterSchemas(row: Hyperparameter): HyperparameterSchemas {
  const numbers = row.type === "word" ? undefined : numberSchema(row);
  const value = valueSchema(row, scalarSchema(row, numbers));
  const ranges = row.shape === "list" ? undefined : numbers && rangeSchema(numbers);
  const example = ranges ? " or a range, such as { linear: [a, b], count: 5 }" : "";
  const error = `${row.key} in the grid must be a list of values${example}`;
  const lists = z.array(value, { error })
    .min(1, { error: `${row.key} must be swept over at least one value` })
    .describe("the values, one cell each");
  return { value, sweep: ranges ? z.union([lists, ranges], { error }) : lists };
}

function numberSchema(row: Hyperparameter): z.ZodType<number> {
  const error: z.core.$ZodErrorMap = ({ input }) => {
    const isNumber = row.type === "number" && !row.words && Number.isFinite(input);
    return `${row.key} must be ${isNumber && allowedRange(row) || allowedValues(row)}`;
  };
  let schema = row.type === "integer" ? z.int({ error }) : z.number({ error });
  if (row.minimum !== undefined) schema = schema.gte(row.minimum, { error });
  if (row.exclusiveMinimum !== undefined) schema = schema.gt(row.exclusiveMinimum, { error });
  if (row.maximum !== undefined) schema = schema.lte(row.maximum, { error });
  if (row.exclusiveMaximum !== undefined) schema = schema.lt(row.exclusiveMaximum, { error });
  // -0 becomes 0: no result may depend on how a zero was written.
  return schema.overwrite((value) => value + 0);
}

function scalarSchema(row: Hyperparameter, numbers?: z.ZodType<number>): z.ZodType<Scalar> {
  const error = `${row.key} must be ${allowedValues(row)}`;
  const words = z.enum(row.words ?? [], { error });
  if (!numbers) return words;
  return row.words ? z.union([words, numbers], { error }) : numbers;
}

function valueSchema(
  row: Hyperparameter,
  scalar: z.ZodType<Scalar>,
): z.ZodType<HyperparameterValue> {
  if (row.shape === "scalar") return scalar;
  const allowed = row.shape === "list"
    ? `a list of values, each ${allowedValues(row)}`
    : `${allowedValues(row)}, or a list with one per hidden layer`;
  const error = `${row.key} must be ${allowed}`;
  const length = row.maximumLength ?? MAXIMUM_HIDDEN_LAYERS;
  const lists = z.array(scalar, { error })
    .max(length, { error: `${row.key} must have at most ${length} values` });
  return row.shape === "list" ? lists : z.union([scalar, lists], { error });
}

function rangeSchema(numbers: z.ZodType<number>): z.ZodType<WrittenRange> {
  const ends = (spacing: string) =>
    z.tuple([numbers, numbers], { error: `${spacing} must be a list of two numbers, its ends` })
      .refine(([from, to]) => from !== to, { error: `${spacing} must have two different ends` });
  const count = { error: `count must be an integer in [2, ${MAXIMUM_RUNS}]` };
  return z.strictObject({
    log: ends("log")
      .refine((both) => Math.min(...both) > 0, { error: "log must have ends greater than 0" })
      .optional().describe("both ends, which are among the values; spaced evenly in the logarithm"),
    linear: ends("linear").optional()
      .describe("both ends, which are among the values; spaced evenly"),
    count: z.int(count).gte(2, count).lte(MAXIMUM_RUNS, count)
      .describe("how many values, both ends included"),
  })
    .refine(({ log, linear }) => (log === undefined) !== (linear === undefined), {
      error: "a range must have either log or linear",
    })
    .meta({ oneOf: [{ required: ["log"] }, { required: ["linear"] }] });
}
