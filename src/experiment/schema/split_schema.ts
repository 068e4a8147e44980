import { z } from "zod";
import { mappingError } from "./_mapping_error.ts";

/** The most folds: each is a run of every seed and cell. */
const MOST_FOLDS = 1000;

/**
 * The schema of a dataset's `split:` block. `splitProblems()` finds what does not go together, and
 * `settleSplit()` decides what it leaves open.
 */
export function splitSchema() {
  const folds = { error: `folds must be an integer in [2, ${MOST_FOLDS}]` };
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
      .describe(
        "true: each part has the same shares of the classes; true for classes if not given",
      ),
    folds: z.int(folds).gte(2, folds).lte(MOST_FOLDS, folds).optional()
      .describe(
        "each seed deals its rows to this many folds, and each of its runs validates on one of them",
      ),
    group: columnSchema("group")
      .describe("a column: rows with the same value are in the same part"),
    time: columnSchema("time")
      .describe("a column: validation rows are later than training rows, test rows than both"),
    column: columnSchema("column")
      .describe("a column that says each row's part: train, validation or test"),
  }, mappingError("split", "of train, validation and test to fractions"))
    .optional()
    .describe("how the rows are divided; 0.6, 0.2 and 0.2 if not given");
}

function columnSchema(key: string) {
  const error = `${key} must be the name of a column`;
  return z.string({ error }).min(1, { error }).optional();
}

function fractionSchema(part: string, range: "(0, 1)" | "[0, 1)") {
  const error = `${part} must be in ${range}`;
  const schema = z.number({ error: `${part} must be a number in ${range}` }).lt(1, { error });
  return range === "(0, 1)" ? schema.gt(0, { error }) : schema.gte(0, { error });
}
