import { z } from "zod";
import { listWords } from "../../list_words.ts";
import { MAXIMUM_RUNS } from "../experiment.ts";
import { mappingError } from "./_mapping_error.ts";
import type { Values } from "./hyperparameter_schemas.ts";
import type { WrittenPattern } from "./pattern_schema.ts";
import { type TableEntry, tableShape } from "./table_schemas.ts";

/** How points are drawn: independently, or from Sobol's sequence. */
export const SAMPLE_METHODS = ["random", "sobol"] as const;

/** How points are proposed by the results of earlier ones: the tree-structured Parzen estimator. */
const SEARCH_METHOD = "tpe";
/** The most points that a search has: each is proposed by looking at all before it. */
const MAXIMUM_SEARCHED = 2_000;
const DEFAULT_BATCH = 16;

/** A sample whose points are known beforehand. */
export interface SampleOptions {
  readonly count: number;
  readonly method: typeof SAMPLE_METHODS[number];
  readonly seed: number;
}

/** A sample whose points are proposed batch by batch, by the results of those before. */
export interface SearchOptions {
  readonly count: number;
  readonly method: typeof SEARCH_METHOD;
  /** How many points are proposed at once. */
  readonly batch: number;
  readonly seed: number;
}

/** A block's `sample:`. */
export type WrittenSample = SampleOptions | SearchOptions;

/** Whether a sample's points follow from results. */
export function isSearch(sample: WrittenSample | undefined): sample is SearchOptions {
  return sample?.method === SEARCH_METHOD;
}

/** Keys that move together, as written. */
export type WrittenZip = Readonly<Record<string, Values>>;

/** A block of the grid as written: these words, and swept keys with their values. */
export interface WrittenBlock {
  readonly zip?: WrittenZip | readonly WrittenZip[];
  readonly sample?: WrittenSample;
  readonly conditional?: WrittenConditional | readonly WrittenConditional[];
  readonly [key: string]: unknown;
}

/** A block that only some of the combinations have. */
export interface WrittenConditional extends WrittenBlock {
  readonly when: WrittenPattern | string;
}

/** The grid as written: one block, or a list. */
export type WrittenGrid = WrittenBlock | readonly WrittenBlock[];

/** The words in a block that are not hyperparameters. */
export const BLOCK_WORDS = ["zip", "sample", "conditional", "when"];

export function gridSchema(
  table: readonly TableEntry[],
  pattern: z.ZodType<WrittenPattern>,
): z.ZodType<WrittenGrid> {
  const contents = "of hyperparameters to values, lists or ranges";
  const shape = {
    ...tableShape(table, ({ sweep }) => sweep),
    zip: z.exactOptional(zipSchema(table)),
    sample: z.exactOptional(sampleSchema()),
    get conditional() {
      return z.exactOptional(conditionalSchema).describe(
        "blocks that only some combinations have: each multiplies those that its when matches, " +
          "and the others go without its keys",
      );
    },
  };
  const conditional: z.ZodType = z.lazy(() =>
    z.strictObject(
      { when: whenSchema(pattern), ...shape },
      mappingError("a conditional block", `${contents}, with a pattern as its when`),
    )
      .refine((block) => Object.keys(block).some((key) => key !== "when"), {
        error: "a conditional block must sweep at least one hyperparameter",
      })
      .meta({ id: "conditionalBlock" })
  );
  const conditionalSchema = z.union([
    conditional,
    z.array(conditional).min(1, { error: "conditional must have at least one block" }),
  ], { error: "conditional must be a block with a when, or a list of such blocks" })
    .meta({ id: "conditionalBlocks" });
  const block = z.strictObject(shape, mappingError("a block of the grid", contents))
    .meta({ id: "block" });
  const error =
    "grid must be a mapping of hyperparameters to values, lists or ranges, or a list of such";
  const grid = z.union([block, z.array(block)], { error })
    .refine((grid) => [grid].flat().some((block) => Object.keys(block).length > 0), {
      error: "grid must sweep at least one hyperparameter",
    })
    .describe(
      "what to sweep: a mapping is the product of its keys' values, the last key varying fastest; " +
        "a list of mappings is their union, duplicates dropped",
    );
  return grid as z.ZodType<unknown> as z.ZodType<WrittenGrid>;
}

function whenSchema(pattern: z.ZodType<WrittenPattern>) {
  const error = "when must be a pattern";
  return z.union([pattern, z.string({ error }).min(1, { error })], { error })
    .describe("which combinations the block applies to, by their values so far");
}

function zipSchema(table: readonly TableEntry[]) {
  const contents = "of hyperparameters to lists or ranges of the same length";
  const zip = z.strictObject(
    tableShape(table, ({ values }) => values),
    mappingError("zip", contents),
  )
    .refine((zip) => Object.keys(zip).length > 0, {
      error: "zip must have at least one hyperparameter",
    })
    .meta({ id: "zip", minProperties: 1 });
  const list = z.array(zip).min(1, { error: "zip must have at least one hyperparameter" });
  return z.union([zip, list], { error: `zip must be a mapping ${contents}, or a list of such` })
    .describe("keys that move together, as one dimension of the block; or a list of such");
}

function sampleSchema(): z.ZodType<WrittenSample> {
  const count = { error: `count must be an integer in [1, ${MAXIMUM_RUNS}]` };
  const seed = { error: `seed must be an integer in [0, ${Number.MAX_SAFE_INTEGER}]` };
  const batch = { error: `batch must be an integer in [1, ${MAXIMUM_SEARCHED}]` };
  const methods = [...SAMPLE_METHODS, SEARCH_METHOD] as const;
  const schema = z.strictObject({
    count: z.int(count).gte(1, count).lte(MAXIMUM_RUNS, count)
      .describe("how many points to draw; more points begin with those of fewer"),
    method: z.enum(methods, { error: `method must be ${listWords(methods)}` })
      .default("random")
      .describe(
        "independent draws; Sobol's sequence, which covers the space more evenly; or batches " +
          "that the tree-structured Parzen estimator proposes by the results so far",
      ),
    batch: z.int(batch).gte(1, batch).lte(MAXIMUM_SEARCHED, batch).optional()
      .describe(`for tpe: how many points are proposed at once; ${DEFAULT_BATCH} if not given`),
    seed: z.int(seed).gte(0, seed).default(1).describe("what the draws derive from"),
  }, mappingError("sample", "with a count"))
    .superRefine(({ count, method, batch }, context) => {
      const refuse = (key: string, message: string) => {
        context.addIssue({ code: "custom", path: [key], message });
      };
      if (method !== SEARCH_METHOD) {
        if (batch !== undefined) refuse("batch", `only method ${SEARCH_METHOD} has batches`);
      } else if (count > MAXIMUM_SEARCHED) {
        refuse("count", `count must be at most ${MAXIMUM_SEARCHED} for method ${SEARCH_METHOD}`);
      }
    })
    .transform(({ batch = DEFAULT_BATCH, ...sample }) => {
      return sample.method === SEARCH_METHOD ? { ...sample, batch } : sample;
    })
    .describe(
      "how to draw the block's keys that have uniform, log_uniform, integer or choice: together " +
        "they are one dimension of the block",
    );
  return schema as z.ZodType<unknown> as z.ZodType<WrittenSample>;
}
