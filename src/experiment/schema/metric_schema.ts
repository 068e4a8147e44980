import { z } from "zod";
import { TAKEN_BY_MEASURES } from "../../measures/fixed_columns.ts";
import {
  isLargerBetter,
  type Metric,
  METRICS,
  metricWords,
  type OwnMetric,
} from "../../measures/metrics.ts";
import { mappingError } from "./_mapping_error.ts";

const MOST_DECIMALS = 10;
const LONGEST_KEY = 64;
const LONGEST_TEXT = 100;

/** A metric of the table, or the description of one that trainers measure themselves. */
export function metricSchema(): z.ZodType<Metric> {
  const error = `metric must be ${metricWords()}, or a measure of your own, such as ` +
    "{key: seconds, better: smaller}";
  return z.union([z.enum(METRICS, { error }), ownMetricSchema()], { error });
}

function ownMetricSchema() {
  const better = { error: "better must be larger or smaller" };
  const decimals = { error: `decimals must be an integer in [0, ${MOST_DECIMALS}]` };
  return z.strictObject({
    key: keySchema().describe("the measure's name, as trainers give it"),
    better: z.enum(["larger", "smaller"], better).describe("which of two values is the better one"),
    label: textSchema("label").optional()
      .describe("what reports call it, in the middle of a sentence; its key if not given"),
    unit: textSchema("unit").optional().describe("the unit of its values, such as s"),
    decimals: z.int(decimals).gte(0, decimals).lte(MOST_DECIMALS, decimals).optional()
      .describe("how many decimals reports show; as many as its values need if not given"),
  }, mappingError("metric", "with key and better"))
    .superRefine((metric, context) => {
      if (!METRICS.includes(metric.key)) return;
      // The table says everything about its own measures.
      if ((metric.better === "larger") !== isLargerBetter(metric.key)) {
        const message = `better must be ${
          isLargerBetter(metric.key) ? "larger" : "smaller"
        } for ${metric.key}`;
        context.addIssue({ code: "custom", path: ["better"], message });
      }
      for (const key of ["label", "unit", "decimals"] as const) {
        if (metric[key] === undefined) continue;
        const message = `${key} is for measures of your own, and ${metric.key} is none`;
        context.addIssue({ code: "custom", path: [key], message });
      }
    })
    .transform((metric): string | OwnMetric => METRICS.includes(metric.key) ? metric.key : metric);
}

function keySchema() {
  const error = `key must be a name in snake_case, of at most ${LONGEST_KEY} characters`;
  return z.string({ error }).regex(/^[a-z][a-z0-9_]*$/, { error }).max(LONGEST_KEY, { error })
    .refine((key) => !TAKEN_BY_MEASURES.has(key), {
      error: "result files have another column of this name",
    });
}

function textSchema(key: string) {
  const error = `${key} must be text of 1 to ${LONGEST_TEXT} characters`;
  return z.string({ error }).min(1, { error }).max(LONGEST_TEXT, { error });
}
