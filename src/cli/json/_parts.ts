import { z } from "zod";
import { SCHEMA_VERSION } from "./schema_version.ts";

export const text = z.string();
export const flag = z.boolean();
export const count = z.int().gte(0);
/** JSON has no NaN and no infinity. */
export const number = z.number().nullable().describe("null stands for NaN and the infinities");
export const seconds = z.number();
export const version = z.literal(SCHEMA_VERSION);

/** An array that nobody changes. */
export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item).readonly();
}

const scalar = z.union([number, text, flag]);
export const value = z.union([scalar, list(scalar)]);
/** Values of hyperparameters, by their keys in experiments. */
export const values = z.record(text, value);
/** Measures, by their columns in the CSV files. */
export const measures = z.record(text, number);

export const better = z.enum(["larger", "smaller"]);

/** A run's seed, and with folds its fold, from 1. */
export const replicate = { seed: count, fold: count.optional() };

/** A mistake in what a user gave, or why a command failed. */
export const problem = z.object({
  message: text,
  file: text.optional(),
  line: count.optional().describe("from 1"),
  column: count.optional().describe("from 1"),
  hint: text.optional(),
});

/** Why there is no result. */
export const failure = z.object({
  exitCode: count,
  problems: list(problem).describe("all that is wrong; at least one"),
});

/** The members that a document of a command has, among others. */
export function document<Name extends string, Shape extends z.core.$ZodLooseShape>(
  command: Name,
  shape: Shape,
) {
  return z.object({ schemaVersion: version, command: z.literal(command), ...shape });
}
