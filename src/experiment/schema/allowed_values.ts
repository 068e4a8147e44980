import { listWords } from "../../list_words.ts";
import type { Hyperparameter } from "../../trainers/hyperparameter.ts";

/** The values that a hyperparameter may have: `a number in [0, 1)`, `all or an integer of at least 1`. */
export function allowedValues(row: Hyperparameter): string {
  if (row.type === "boolean") return "true or false";
  if (row.type === "word") return listWords(row.words ?? []);
  const bounds = allowedRange(row);
  if (row.shape === "mapping") {
    const mapping = `a number ${bounds} for each ${row.per}, such as {a: 1, b: 5}`;
    return listWords([...row.words ?? [], mapping]);
  }
  const noun = row.type === "integer" ? "an integer" : "a number";
  const numbers = [noun, bounds.replace(/^at least/, "of at least")].filter(Boolean).join(" ");
  return listWords([...row.words ?? [], numbers]);
}

/** The bounds of a numeric hyperparameter: `in [0, 1)`, `greater than 0`, or empty if it has none. */
export function allowedRange(row: Hyperparameter): string {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = row;
  const low = minimum ?? exclusiveMinimum;
  const high = maximum ?? exclusiveMaximum;
  if (low !== undefined && high !== undefined) {
    return `in ${minimum === undefined ? "(" : "["}${low}, ${high}${
      maximum === undefined ? ")" : "]"
    }`;
  }
  if (low !== undefined) return `${minimum === undefined ? "greater than" : "at least"} ${low}`;
  if (high !== undefined) return `${maximum === undefined ? "less than" : "at most"} ${high}`;
  return "";
}
