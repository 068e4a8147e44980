import { z } from "zod";
import { GAP_CHOICES, STANDARDIZATIONS } from "../../dataset/preparation_options.ts";
import { SEPARATORS } from "../../dataset/table/dialect.ts";
import type { Encoding } from "../../dataset/table/reading.ts";
import { COLUMN_CHOICES, DROPPED_ROWS } from "../../dataset/table_options.ts";
import { listWords } from "../../list_words.ts";
import { TASKS } from "../../measures/measure.ts";
import { mappingError } from "./_mapping_error.ts";
import { namedValues } from "./_named_values.ts";
import { splitSchema } from "./split_schema.ts";

const ENCODINGS = ["utf-8", "utf-16", "latin-1"] as const satisfies readonly Encoding[];
const COLUMN_ERROR = `a column must be ${listWords(COLUMN_CHOICES)}`;
const DROP_ROWS_ERROR = `drop_rows must be a list of ${listWords(DROPPED_ROWS, "and")}`;

/** The schema of an experiment's `dataset:` block. */
export function datasetSchema() {
  return z.strictObject({
    path: z.string({ error: "path must be text" }).min(1, { error: "path must not be empty" })
      .refine((path) => !path.includes("\0"), { error: "path must name a file" })
      .describe("the table's file, relative to this file"),
    target: targetSchema(),
    task: z.enum(TASKS, { error: `task must be ${listWords(TASKS)}` }).optional()
      .describe(
        "whether the target holds classes or quantities; detected from its values if not given",
      ),
    ...readingShape(),
    columns: namedValues(z.enum(COLUMN_CHOICES, { error: COLUMN_ERROR }), {
      error: "columns must be a mapping of columns to what they are used as",
    }).optional().describe(
      'how columns are used, by name; "*" stands for all others; detected from the cells if not given',
    ),
    drop: namesSchema("drop").describe("columns not to use"),
    keep: namesSchema("keep").describe(
      "columns to use, even if they look like identifiers, constants, dates or free text",
    ),
    missing: missingSchema(),
    drop_rows: z.array(z.enum(DROPPED_ROWS, { error: DROP_ROWS_ERROR }), { error: DROP_ROWS_ERROR })
      .optional().describe(
        "rows to leave out: those without a target, or of a class with fewer than 3 rows",
      ),
    test: z.string({ error: "test must be a path" }).min(1, { error: "test must not be empty" })
      .refine((path) => !path.includes("\0"), { error: "test must name a file" }).optional()
      .describe("a file with the test rows and the same columns, relative to this file"),
    split: splitSchema(),
    standardize: z.enum(STANDARDIZATIONS, {
      error: `standardize must be ${listWords(STANDARDIZATIONS)}`,
    }).optional().describe(
      "features become (x − mean) / deviation, with one mean and deviation for all of them, one " +
        "for each, or median and interquartile range for each (robust), or not at all; learned " +
        "from the training rows only; feature if not given, and global for pictures",
    ),
    impute: z.enum(GAP_CHOICES, { error: `impute must be ${listWords(GAP_CHOICES)}` }).optional()
      .describe(
        "what fills a missing cell, learned from the training rows only; a column with gaps has " +
          "one more input, which is 1 where its cell is missing; or drop_rows, to leave out the rows " +
          "with missing cells; median if not given",
      ),
  }, mappingError("dataset", "with path and target")).describe("the data to learn from");
}

/** How the file is read; what is not given is detected from the file. */
function readingShape() {
  const skipRows = { error: "skip_rows must be an integer of at least 0" };
  return {
    separator: z.string({ error: "separator must be text" }).optional().describe(
      `what stands between fields: ${listWords(Object.keys(SEPARATORS))}, or the character itself`,
    ),
    header: z.boolean({ error: "header must be true or false" }).optional().describe(
      "whether the first row names the columns; otherwise they are column_1, column_2 and so on",
    ),
    decimal: z.enum([".", ","], { error: 'decimal must be "." or ","' }).optional()
      .describe("the mark before a number's decimals"),
    encoding: z.enum(ENCODINGS, { error: `encoding must be ${listWords(ENCODINGS)}` }).optional()
      .describe("how the file encodes its text"),
    comment: z.string({ error: "comment must be text" }).optional()
      .describe('what a comment line begins with, such as "#"; "" if there are no comments'),
    skip_rows: z.int(skipRows).gte(0, skipRows).optional()
      .describe("lines to skip at the start of the file"),
  };
}

function targetSchema() {
  const error = "target must be the name of a column, or its number: 1 is the first, -1 the last";
  return z.union([
    z.string({ error }).min(1, { error: "target must not be empty" }),
    z.int({ error }).refine((number) => number !== 0, { error }),
  ], { error }).describe(
    "the column to predict: its name, or its number from 1, or from -1 for the last",
  );
}

function namesSchema(key: string) {
  const error = `${key} must be a list of columns`;
  return z.array(z.string({ error: "a column must be text" }), { error }).optional();
}

function missingSchema() {
  const error = "missing must be a list of words";
  // YAML reads ? without quotes as a key without a name.
  const word = z.union([z.string(), z.number()], {
    error: ({ input }) =>
      typeof input === "object"
        ? 'write "?" in quotes, and "" for nothing'
        : "a word must be text or a number",
  }).transform(String);
  return z.array(word, { error }).optional().describe(
    "what marks a missing cell, besides an empty one; NA, NaN, null, None, ? and the like if not given",
  );
}
