import { configIdentity, resolveConfig } from "./config.ts";
import type { Cell } from "./experiment.ts";
import type { Config, TrainerName } from "./hyperparameters.ts";
import { hyperparametersOf } from "./hyperparameters.ts";

/**
 * The cells that a baseline's values may mean: exactly one, if the baseline is as it should be.
 *
 * Those are the cells that have its values. If several have, and just one of them is as fixed or
 * default in all else, it is that one: `{ l1_penalty: 0 }` is the cell without an L2 penalty too.
 */
export function findBaseline(
  trainer: TrainerName,
  cells: readonly Cell[],
  fixed: Config,
  baseline: Config,
): readonly Cell[] {
  const matches = cellsWith(trainer, cells, baseline);
  if (matches.length < 2) return matches;
  const plain = cellsWith(trainer, matches, resolveConfig(trainer, { ...fixed, ...baseline }));
  return plain.length === 1 ? plain : matches;
}

function cellsWith(trainer: TrainerName, cells: readonly Cell[], values: Config): readonly Cell[] {
  const rows = hyperparametersOf(trainer).filter((row) => Object.hasOwn(values, row.key));
  const wanted = configIdentity(rows, values);
  return cells.filter((cell) => configIdentity(rows, cell.config) === wanted);
}
