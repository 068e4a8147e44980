import { z } from "zod";
import { isMapping } from "../source/mapping.ts";

/** Zod's records leave this key out, but a column or a class can have this name. */
const LEFT_OUT = "__proto__";
const STAND_IN = `${LEFT_OUT}\0`;

/** A schema of a mapping from any names, such as those of columns or classes, to values. */
export function namedValues<Value extends z.ZodType>(
  value: Value,
  { error, description, isEmptyWrong = false }: {
    readonly error: string;
    readonly description?: string;
    /** Whether a mapping must have a name. */
    readonly isEmptyWrong?: boolean;
  },
) {
  const all = z.record(z.string(), value, { error });
  const some = isEmptyWrong
    ? all.refine((mapping) => Object.keys(mapping).length > 0, { error })
    : all;
  const told = description === undefined ? some : some.describe(description);
  return z.preprocess(
    (mapping) => isMapping(mapping) ? renamed(mapping, LEFT_OUT, STAND_IN) : mapping,
    told.transform((mapping) => renamed(mapping, STAND_IN, LEFT_OUT) as z.output<typeof all>),
  );
}

/** How a key of an issue's path is written. */
export function writtenName(key: PropertyKey): PropertyKey {
  return key === STAND_IN ? LEFT_OUT : key;
}

/** The same mapping, in the same order, with another name for one of its keys. */
function renamed<Value>(
  mapping: Readonly<Record<string, Value>>,
  from: string,
  to: string,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(mapping).map(([key, value]) => [key === from ? to : key, value]),
  );
}
