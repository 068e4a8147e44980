import { z } from "zod";
import { datasetSchema } from "./dataset_schema.ts";
import { nameSchema } from "./name_schema.ts";

/** Endings of files that the folder of several tables has beside theirs. */
const TAKEN = /\.(csv|json|html|claim)$/i;
const LIST = { error: "datasets must be a list of datasets, each with name, path and target" };

/** The name of a dataset among several. */
function tableName() {
  return nameSchema().refine((name) => !TAKEN.test(name), {
    error: "the name of a dataset must not end like a file of results",
  }).describe("names the folder that the results on this dataset go to");
}

/** The schema of `datasets:`, each item as `dataset:` is, with a name. */
export function tablesSchema() {
  return z.array(datasetSchema().extend({ name: tableName() }), LIST).min(2, TOO_FEW).optional()
    .describe(
      "several datasets in place of dataset: a sweep of it sweeps each, and compares cells over them",
    );
}

/** The same without what `dataset:` is checked for, once one of them is chosen. */
export function tablesShape() {
  const block = z.looseObject({ name: tableName() }, {
    error: ({ code }) =>
      code === "invalid_type"
        ? "a dataset must be a mapping with name, path and target"
        : undefined,
  });
  return z.array(block, LIST).min(2, TOO_FEW);
}

const TOO_FEW = { error: "datasets must have two or more; a single one is written as dataset" };
