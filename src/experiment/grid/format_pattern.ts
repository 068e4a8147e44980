import { hyperparameterOrTrainer } from "./columns.ts";
import { formatValue } from "../../trainers/format_value.ts";
import { valuesOf } from "./pattern.ts";
import type { WrittenPattern } from "../schema/pattern_schema.ts";

/** A pattern in one line: `dropout>0.5 init=he`. */
export function formatPattern(pattern: WrittenPattern | string): string {
  if (typeof pattern === "string") return pattern;
  return Object.entries(pattern).map(([key, condition]) => {
    if (typeof condition === "string" && /^[<>!]/.test(condition)) {
      return `${key}${condition.replace(/\s+/g, "")}`;
    }
    const texts = valuesOf(hyperparameterOrTrainer(key), condition).map(formatValue);
    return `${key}=${texts.length > 1 ? `(${texts.join(" or ")})` : texts.join()}`;
  }).join(" ");
}
