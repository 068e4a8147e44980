import type { HyperparameterValue, Scalar } from "../trainers/hyperparameter.ts";

/** Parses the text that `formatValue()` gave for a value. */
export function parseValue(text: string): HyperparameterValue {
  if (!text.startsWith("[")) return parseScalar(text);
  const items = text.slice(1, -1);
  return items === "" ? [] : items.split(", ").map(parseScalar);
}

function parseScalar(text: string): Scalar {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return text === "" || Number.isNaN(number) ? text : number;
}
