import type { Cell } from "../experiment.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameters.ts";

/** A cell's value of a swept key or its trainer; empty text where the key means nothing in the cell. */
export function sweptValue(
  { trainer, config }: Pick<Cell, "trainer" | "config">,
  key: string,
): HyperparameterValue {
  return key === "trainer" ? trainer : config[key] ?? "";
}
