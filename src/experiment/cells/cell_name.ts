import { formatValue } from "../../trainers/format_value.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";

/** `key=value key=value`; empty if there are no values. */
export function cellName(values: Readonly<Record<string, HyperparameterValue>>): string {
  return Object.entries(values).map(([key, value]) => `${key}=${formatValue(value)}`).join(" ");
}
