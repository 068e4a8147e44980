import type { Hyperparameter, TrainerName } from "../../trainers/hyperparameters.ts";
import { hyperparametersOf } from "../../trainers/hyperparameters.ts";

const BOUNDS = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"] as const;

/** What some trainers have under one key. */
export interface TableRows {
  /** In the order of the trainers. */
  readonly rows: readonly Hyperparameter[];
  /** The first of them, with those bounds alone that all have. */
  readonly common: Hyperparameter;
}

/** The hyperparameters that some trainers have between them, by key, in the table's order. */
export function tableRows(trainers: readonly TrainerName[]): readonly TableRows[] {
  const rows = trainers.flatMap(hyperparametersOf);
  return [...Map.groupBy(rows, ({ key }) => key).values()]
    .map((rows) => ({ rows, common: rows.reduce(withCommonBounds) }));
}

function withCommonBounds(a: Hyperparameter, b: Hyperparameter): Hyperparameter {
  const bounds = BOUNDS.map((bound) => [bound, a[bound] === b[bound] ? a[bound] : undefined]);
  return { ...a, ...Object.fromEntries(bounds) };
}
