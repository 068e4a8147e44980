import type { HyperparameterValue } from "./hyperparameter.ts";

/** A hyperparameter's value as cell names and CSV fields show it: `0.001`, `relu`, `[64, 64]`. */
export function formatValue(value: HyperparameterValue): string {
  return typeof value === "object" ? `[${value.join(", ")}]` : String(value);
}
