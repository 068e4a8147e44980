import { z } from "zod";
import { mappingError } from "./_mapping_error.ts";
import type { WrittenCondition } from "./hyperparameter_schemas.ts";
import { type TableEntry, tableShape } from "./table_schemas.ts";

/** A pattern as written: a condition for each key that it names. */
export type WrittenPattern = Readonly<Record<string, WrittenCondition>>;

/** A section of patterns as written; a string is a cell's name, or a pattern in one line. */
export type WrittenPatterns = WrittenPattern | string | readonly (WrittenPattern | string)[];

/** The most patterns of a section: each is compared with up to a million cells. */
const MAXIMUM_PATTERNS = 100;

/** The schema of a pattern, which selects combinations of values. */
export function patternSchema(table: readonly TableEntry[]): z.ZodType<WrittenPattern> {
  return z.strictObject(
    tableShape(table, ({ condition }) => condition),
    mappingError("a pattern", "of hyperparameters to values, lists of values or comparisons"),
  )
    .refine((pattern) => Object.keys(pattern).length > 0, {
      error: "a pattern must have at least one hyperparameter",
    })
    .meta({ id: "pattern", minProperties: 1 });
}

/** The schema of a section that selects cells by patterns. */
export function patternsSchema(
  section: string,
  pattern: z.ZodType<WrittenPattern>,
): z.ZodType<WrittenPatterns> {
  const error = `${section} must be a pattern, or a list of patterns`;
  const text = z.string({ error }).min(1, { error: `${section} must name a cell or a pattern` })
    .describe("a cell's name, or a pattern in one line, such as dropout>0.5 init=he");
  return z.union([pattern, text, z.array(z.union([pattern, text], { error }))], { error })
    .refine((patterns) => !Array.isArray(patterns) || patterns.length > 0, {
      error: `${section} must have at least one pattern`,
    })
    .refine((patterns) => !Array.isArray(patterns) || patterns.length <= MAXIMUM_PATTERNS, {
      error: `${section} must have at most ${MAXIMUM_PATTERNS} patterns`,
    });
}
