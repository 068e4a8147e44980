import { z } from "zod";
import { mappingError } from "./_mapping_error.ts";

/** How far the sum of fractions such as 0.6 + 0.3 + 0.1 may be from 1 in float64. */
const SUM_TOLERANCE = 1e-9;

/** The schema of a dataset's `split:` block; `settleSplit()` decides what it leaves open. */
export function splitSchema() {
  return z.strictObject({
    train: fractionSchema("train", "(0, 1)").optional()
      .describe("fraction of the rows to train on"),
    validation: fractionSchema("validation", "(0, 1)").optional()
      .describe("fraction of the rows to compare cells on"),
    test: fractionSchema("test", "[0, 1)").optional()
      .describe("fraction of the rows kept for one final score; the same rows for every seed"),
    resplit: z.boolean({ error: "resplit must be true or false" }).optional()
      .describe("true, if not given: each seed draws its own training and validation rows"),
    stratify: z.boolean({ error: "stratify must be true or false" }).optional()
      .describe("true: each class has its share of each part; true for classes if not given"),
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
    .describe("how the rows are divided; 0.6, 0.2 and 0.2 if not given");
}

function fractionSchema(part: string, range: "(0, 1)" | "[0, 1)") {
  const error = `${part} must be in ${range}`;
  const schema = z.number({ error: `${part} must be a number in ${range}` }).lt(1, { error });
  return range === "(0, 1)" ? schema.gt(0, { error }) : schema.gte(0, { error });
}
