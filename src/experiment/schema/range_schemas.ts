import { z } from "zod";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import { MAXIMUM_RUNS } from "../experiment.ts";

/** A range as written, with exactly one of `log` and `linear`. */
export interface WrittenRange {
  readonly log?: readonly [number, number];
  readonly linear?: readonly [number, number];
  readonly count: number;
}

/** What to draw values from, as written: exactly one of the first four. */
export interface Distribution {
  readonly uniform?: readonly [number, number];
  readonly log_uniform?: readonly [number, number];
  readonly integer?: readonly [number, number];
  readonly choice?: readonly HyperparameterValue[];
  /** How often the key keeps its default instead, as a share of all draws. */
  readonly off?: number;
}

type Numbers = z.ZodType<number>;
type Value = z.ZodType<HyperparameterValue>;

/** The words of ranges, which need a count. */
const SPACINGS = ["log", "linear"];

/** The schema of numbers spaced between two ends. */
export function rangeSchema(numbers: Numbers): z.ZodType<WrittenRange> {
  return oneWordOf(rangeShape(numbers));
}

/** The schema of numbers spaced between two ends, or of a distribution to draw them from. */
export function drawSchema(numbers: Numbers, value: Value): z.ZodType<WrittenRange | Distribution> {
  return oneWordOf({
    ...rangeShape(numbers),
    uniform: endsSchema("uniform", numbers).optional()
      .describe("drawn by the block's sample, evenly between these ends"),
    log_uniform: positiveEnds("log_uniform", numbers).optional()
      .describe("drawn by the block's sample, evenly in the logarithm between these ends"),
    integer: endsSchema("integer", numbers)
      .refine((ends) => ends.every(Number.isInteger), { error: "integer must have integer ends" })
      .optional().describe("drawn by the block's sample: an integer, these ends included"),
    choice: choices(value).optional(),
    off: offSchema(),
  });
}

/** The schema of a list to draw from, for values that cannot be spaced. */
export function choiceSchema(value: Value): z.ZodType<Distribution> {
  return z.strictObject({ choice: choices(value), off: offSchema() });
}

function offSchema() {
  const error = "off must be a share between 0 and 1, such as 0.5";
  return z.number({ error }).gt(0, { error }).lt(1, { error }).optional()
    .describe(
      "how often the key keeps its default instead of a drawn value: 0.5 is half of the time",
    );
}

function choices(value: Value) {
  return z.array(value, { error: "choice must be a list of values" })
    .min(1, { error: "choice must have at least one value" })
    .describe("drawn by the block's sample: one of these values");
}

function rangeShape(numbers: Numbers) {
  const count = { error: `count must be an integer in [2, ${MAXIMUM_RUNS}]` };
  return {
    log: positiveEnds("log", numbers).optional()
      .describe("both ends, which are among the values; spaced evenly in the logarithm"),
    linear: endsSchema("linear", numbers).optional()
      .describe("both ends, which are among the values; spaced evenly"),
    count: z.int(count).gte(2, count).lte(MAXIMUM_RUNS, count).optional()
      .describe("how many values, both ends included"),
  };
}

function endsSchema(word: string, numbers: Numbers) {
  return z.tuple([numbers, numbers], { error: `${word} must be a list of two numbers, its ends` })
    .refine(([from, to]) => from !== to, { error: `${word} must have two different ends` });
}

function positiveEnds(word: string, numbers: Numbers) {
  return endsSchema(word, numbers)
    .refine((ends) => Math.min(...ends) > 0, { error: `${word} must have ends greater than 0` });
}

/** A mapping with exactly one of a shape's words, and with a count or `off` where it takes one. */
function oneWordOf<T>(shape: z.core.$ZodShape): z.ZodType<T> {
  const words = Object.keys(shape).filter((word) => word !== "count" && word !== "off");
  const schema = z.strictObject(shape)
    .superRefine((written, context) => {
      const given = words.filter((word) => word in written);
      const takesCount = given.every((word) => SPACINGS.includes(word));
      const issue = (message: string, path: string[] = []) => {
        context.addIssue({ code: "custom", path, message });
      };
      if (given.length !== 1) {
        issue(
          takesCount
            ? "a range must have either log or linear"
            : `it must have only one of ${given.join(", ")}`,
        );
      } else if (takesCount && !("count" in written)) issue("count is missing", ["count"]);
      else if (!takesCount && "count" in written) {
        issue(`${given} takes no count, which belongs in the block's sample`, ["count"]);
      } else if (takesCount && "off" in written) {
        issue(`${given} takes no off, which is for keys that are drawn`, ["off"]);
      }
    })
    .meta({
      oneOf: words.map((word) => ({
        required: SPACINGS.includes(word) ? [word, "count"] : [word],
      })),
    });
  return schema as z.ZodType<unknown> as z.ZodType<T>;
}
