import { z } from "zod";

/** Names of hyperparameters and measures: columns of the CSV files. */
const KEY = /^[a-z][a-z0-9_]*$/;

export const text = z.string({ error: "it must be text" });
export const key = text.regex(KEY, { error: "it must be a name in snake_case" });
export const flag = z.boolean({ error: "it must be true or false" });
export const count = integerFrom(0);
export const seconds = z.number({ error: "it must be a number" })
  .gte(0, { error: "it must not be negative" });
export const time = z.iso.datetime({
  error: "it must be a time in UTC, as in 2026-08-08T12:34:56Z",
});
export const checksum = text.regex(/^[0-9a-f]{64}$/, { error: "it must be a SHA-256 in hex" });
export const scalar = z.union([z.number(), z.string(), z.boolean()]);
const value = z.union([scalar, z.array(scalar)], {
  error: "it must be a number, text, true or false, or a list of them",
});
export const values = z.record(z.string(), value, { error: "it must be an object" });

/** A schema for each member of a type, those that are optional included. */
export type ShapeOf<Type> = Readonly<Record<keyof Type, z.ZodType>>;

export function integerFrom(minimum: number) {
  const error = `it must be an integer of at least ${minimum}`;
  return z.int({ error }).gte(minimum, { error });
}

export function object<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape, { error: "it must be an object" });
}

export function list<Item extends z.ZodType>(item: Item) {
  return z.array(item, { error: "it must be a list" });
}

export const decimals = integerFrom(0).lte(20, { error: "it must be at most 20" });

/** The indices of names that an earlier one equals. */
export function repeatedIn(names: readonly string[]): number[] {
  const first = new Map<string, number>();
  names.forEach((name, index) => first.has(name) || first.set(name, index));
  return names.flatMap((name, index) => first.get(name) === index ? [] : [index]);
}
