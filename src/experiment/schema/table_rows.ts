import type { Hyperparameter } from "../../trainers/hyperparameter.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";

const BOUNDS = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"] as const;

/** A hyperparameter and its trainer. */
export interface TrainerRow {
  readonly trainer: TrainerName;
  readonly row: Hyperparameter;
}

/** What some trainers have under one key. */
export interface TableRows {
  /** In the order of the trainers. */
  readonly rows: readonly TrainerRow[];
  /** The first of them, with those bounds alone that all have. */
  readonly common: Hyperparameter;
}

/** The hyperparameters that some of the trainers have between them, by key, in the table's order. */
export function tableRows(
  trainers: Trainers,
  names: readonly TrainerName[],
): readonly TableRows[] {
  const rows = names.flatMap((trainer) => {
    return trainers.named(trainer).hyperparameters.map((row) => ({ trainer, row }));
  });
  return [...Map.groupBy(rows, ({ row }) => row.key).values()]
    .map((rows) => ({ rows, common: rows.map(({ row }) => row).reduce(withCommonBounds) }));
}

function withCommonBounds(a: Hyperparameter, b: Hyperparameter): Hyperparameter {
  const bounds = BOUNDS.map((bound) => [bound, a[bound] === b[bound] ? a[bound] : undefined]);
  return { ...a, ...Object.fromEntries(bounds) };
}
