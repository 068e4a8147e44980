import { z } from "zod";
import { STANDARDIZATIONS } from "../../dataset/preparation_options.ts";
import { mappingError } from "./_mapping_error.ts";
import { listWords } from "./allowed_values.ts";

const DEFAULT_SPLIT = { train: 0.6, validation: 0.2, test: 0.2, resplit: true };
/** How far the sum of fractions such as 0.6 + 0.3 + 0.1 may be from 1 in float64. */
const SUM_TOLERANCE = 1e-9;

/** The schema of an experiment's `dataset:` block. */
export function datasetSchema() {
  return z.strictObject({
    path: z.string({ error: "path must be text" }).min(1, { error: "path must not be empty" })
      .refine((path) => !path.includes("\0"), { error: "path must name a file" })
      .describe("a CSV file, relative to this file"),
    target: z.string({ error: "target must be text" }).min(1, { error: "target must not be empty" })
      .describe("the column that holds the class"),
    split: splitSchema(),
    standardize: z.enum(STANDARDIZATIONS, {
      error: `standardize must be ${listWords(STANDARDIZATIONS)}`,
    }).optional().describe(
      "features become (x − mean) / deviation, with one mean and deviation for all of them, one " +
        "for each, or median and interquartile range for each (robust), or not at all; taken from " +
        "the training rows only; global if not given",
    ),
  }, mappingError("dataset", "with path and target")).describe("the data to learn from");
}

function splitSchema() {
  return z.strictObject({
    train: fractionSchema("train", "(0, 1)").optional()
      .describe("fraction of the rows to train on"),
    validation: fractionSchema("validation", "(0, 1)").optional()
      .describe("fraction of the rows to compare cells on"),
    test: fractionSchema("test", "[0, 1)").optional()
      .describe("fraction of the rows kept for one final score; the same rows for every seed"),
    resplit: z.boolean({ error: "resplit must be true or false" }).default(true)
      .describe("true if each seed draws its own training and validation rows"),
  }, mappingError("split", "of train, validation and test to fractions"))
    .superRefine((split, context) => {
      const parts = ["train", "validation", "test"] as const;
      const missing = parts.filter((part) => split[part] === undefined);
      if (missing.length === parts.length) return;
      const sum = parts.reduce((sum, part) => sum + (split[part] ?? 0), 0);
      const message = missing.length > 0
        ? `split must have all of its fractions: ${missing.join(" and ")} missing`
        : `its fractions must add up to 1, not ${Number(sum.toPrecision(9))}`;
      if (missing.length > 0 || Math.abs(sum - 1) > SUM_TOLERANCE) {
        context.addIssue({ code: "custom", message });
      }
    })
    .optional()
    .transform((split) => ({ ...DEFAULT_SPLIT, ...split }))
    .describe("how the rows are divided; 0.6, 0.2 and 0.2 if not given");
}

function fractionSchema(part: string, range: "(0, 1)" | "[0, 1)") {
  const error = `${part} must be in ${range}`;
  const schema = z.number({ error: `${part} must be a number in ${range}` }).lt(1, { error });
  return range === "(0, 1)" ? schema.gt(0, { error }) : schema.gte(0, { error });
}
