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
  /**
   * What their values may be: the first row, with those bounds alone that all have; another row for those
   * whose values are of another kind.
   */
  readonly kinds: readonly [Hyperparameter, ...Hyperparameter[]];
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
    .map((rows) => ({ rows, kinds: kindsOf(rows.map(({ row }) => row)) }));
}

function kindsOf(rows: readonly Hyperparameter[]): TableRows["kinds"] {
  const kinds = Map.groupBy(rows, ({ type, shape, words }) => [type, shape, words].join());
  const [first, ...others] = Array.from(kinds.values(), (rows) => rows.reduce(withCommonBounds));
  return [first, ...others];
}

function withCommonBounds(a: Hyperparameter, b: Hyperparameter): Hyperparameter {
  const bounds = BOUNDS.map((bound) => [bound, a[bound] === b[bound] ? a[bound] : undefined]);
  return { ...a, ...Object.fromEntries(bounds) };
}
