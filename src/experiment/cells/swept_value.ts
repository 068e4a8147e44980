import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { Cell } from "../experiment.ts";

/** A cell's value of a swept key, or its trainer; empty if its trainer has no such key. */
export function sweptValue(
  { trainer, config }: Pick<Cell, "trainer" | "config">,
  key: string,
): HyperparameterValue {
  return key === "trainer" ? trainer : config[key] ?? "";
}
