import { formatValue } from "./format_value.ts";
import type { HyperparameterValue } from "./hyperparameters.ts";
import type { WrittenPattern } from "./pattern_schema.ts";

/** A pattern in one line: `dropout>0.5 init=he`. */
export function formatPattern(pattern: WrittenPattern | string): string {
  if (typeof pattern === "string") return pattern;
  return Object.entries(pattern).map(([key, condition]) => {
    if (typeof condition === "string" && /^[<>!]/.test(condition)) {
      return `${key}${condition.replace(/\s+/g, "")}`;
    }
    const isSeveral = typeof condition === "object" && condition.length !== 1;
    const values = typeof condition === "object" ? condition : [condition];
    const texts = values.map((value: HyperparameterValue) => formatValue(value));
    return `${key}=${isSeveral ? `(${texts.join(" or ")})` : texts.join()}`;
  }).join(" ");
}
