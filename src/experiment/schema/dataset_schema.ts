import { z } from "zod";
import { STANDARDIZATIONS } from "../../dataset/preparation_options.ts";
import { mappingError } from "./_mapping_error.ts";
import { listWords } from "./allowed_values.ts";
import { splitSchema } from "./split_schema.ts";

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
