import { z } from "zod";
import type { Hyperparameter, HyperparameterValue, Scalar } from "../../trainers/hyperparameter.ts";
import { formatMapping, parseMapping } from "../../trainers/value_mapping.ts";
import { namedValues } from "./_named_values.ts";
import { allowedRange, allowedValues } from "./allowed_values.ts";
import {
  choiceSchema,
  type Distribution,
  drawSchema,
  rangeSchema,
  type WrittenRange,
} from "./range_schemas.ts";

/** The values of one hyperparameter in the grid, once parsed: a list, or a range. */
export type Values = readonly HyperparameterValue[] | WrittenRange;

/** A pattern's condition on one hyperparameter: a value, several, or a comparison: `> 0.1`. */
export type WrittenCondition = HyperparameterValue | readonly HyperparameterValue[];

export interface HyperparameterSchemas {
  /** One value of it. */
  readonly value: z.ZodType<HyperparameterValue>;
  /** A list of its values, or a single one; for numbers, also a range. */
  readonly values: z.ZodType<Values>;
  /** In a block of the grid: `values`, or a distribution to draw them from. */
  readonly sweep: z.ZodType<Values | Distribution>;
  /** In a pattern. */
  readonly condition: z.ZodType<WrittenCondition>;
}

/**
 * The schemas of a hyperparameter in the sections of an experiment file, from its row of the table.
 *
 * Messages say what is required, without the value: whoever shows them knows how it was written.
 */
export function hyperparameterSchemas(row: Hyperparameter): HyperparameterSchemas {
  const numbers = isNumeric(row) ? numberSchema(row) : undefined;
  const scalar = row.shape === "mapping" ? mappingSchema(row) : scalarSchema(row, numbers);
  const value = valueSchema(row, scalar);
  const spaced = row.shape === "list" || row.shape === "mapping" ? undefined : numbers;
  const single = row.shape === "list" ? "" : `${allowedValues(row)}, or `;
  const example = spaced ? " or a range, such as { linear: [a, b], count: 5 }" : "";
  const error = `${row.key} in the grid must be ${single}a list of values${example}`;
  const lists = z.array(value, { error })
    .min(1, { error: `${row.key} must be swept over at least one value` })
    .describe("the values, one cell each");
  // For a key whose values are lists, a list is always the list of its values.
  const listed = row.shape === "list" ? [lists] : [asList(scalar), lists];
  const draws = spaced ? drawSchema(spaced, value) : choiceSchema(value);
  return {
    value,
    values: z.union([...listed, ...spaced ? [rangeSchema(spaced)] : []], { error }),
    sweep: z.union([...listed, draws], { error }),
    condition: conditionSchema(row, row.shape === "list" ? value : scalar, value),
  };
}

/** Whether values are numbers, but for the words that are allowed in place of one. */
export function isNumeric({ type }: Hyperparameter): boolean {
  return type === "number" || type === "integer";
}

/** A single value, which means a list of one. */
export function asList<T>(value: z.ZodType<T>): z.ZodType<readonly T[]> {
  return value.transform((value) => [value]).describe("the only value");
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
  if (row.type === "boolean") return z.boolean({ error });
  const words = z.enum(row.words ?? [], { error });
  if (!numbers) return words;
  return row.words ? z.union([words, numbers], { error }) : numbers;
}

/** A word, or a mapping from names to numbers, which becomes its canonical text. */
function mappingSchema(row: Hyperparameter): z.ZodType<Scalar> {
  const error = `${row.key} must be ${allowedValues(row)}`;
  const words = z.enum(row.words ?? [], { error });
  const numbers = numberSchema({ ...row, shape: "scalar", words: undefined });
  const description = `a number for each ${row.per}, 1 where none is given`;
  const mapping = namedValues(numbers, { error, description, isEmptyWrong: true });
  const text = z.string({ error }).regex(/^\{.*\}$/s, { error })
    .transform((text, context) => {
      const { data } = mapping.safeParse(Object.fromEntries(parseMapping(text) ?? []));
      if (data) return data;
      context.addIssue({ code: "custom", message: error });
      return z.NEVER;
    })
    .describe("the same in one text, such as {a: 1, b: 5}");
  return z.union([words, mapping.transform(formatMapping), text.transform(formatMapping)], {
    error,
  });
}

function valueSchema(
  row: Hyperparameter,
  scalar: z.ZodType<Scalar>,
): z.ZodType<HyperparameterValue> {
  if (row.shape === "scalar" || row.shape === "mapping") return scalar;
  const allowed = row.shape === "list"
    ? `a list of values, each ${allowedValues(row)}`
    : `${allowedValues(row)}, or a list with one per ${row.per}`;
  const error = `${row.key} must be ${allowed}`;
  const { maximumLength: length } = row;
  const any = z.array(scalar, { error });
  const lists = length === undefined
    ? any
    : any.max(length, { error: `${row.key} must have at most ${length} values` });
  return row.shape === "list" ? lists : z.union([scalar, lists], { error });
}

/** @param single The schema of one value, where a list means several. */
function conditionSchema(
  row: Hyperparameter,
  single: z.ZodType<HyperparameterValue>,
  value: z.ZodType<HyperparameterValue>,
): z.ZodType<WrittenCondition> {
  const isNumber = isNumeric(row) && row.shape !== "mapping";
  const example = isNumber ? "> 1" : `!= ${row.type === "boolean" ? true : row.words?.[0]}`;
  const error = `${row.key} in a pattern must be ${allowedValues(row)}, a list of values, ` +
    `or a comparison such as "${example}"`;
  const several = z.array(value, { error }).min(1, { error }).describe("any of these values");
  const comparison = z.string({ error }).regex(/^(<=?|>=?|!=)\s*\S/, { error })
    .describe("a comparison: < <= > >= or != and a value");
  return z.union([single, several, comparison], { error });
}
