import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { Cell } from "../experiment.ts";

/** A cell's value of a swept key, or its trainer; empty if its trainer has no such key. */
export function sweptValue(
  { trainer, config, preparation }: Pick<Cell, "trainer" | "config" | "preparation">,
  key: string,
): HyperparameterValue {
  if (key === "trainer") return trainer;
  const values: Readonly<Record<string, HyperparameterValue>> = { ...preparation };
  return config[key] ?? values[key] ?? "";
}
