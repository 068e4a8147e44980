import { configIdentity, resolveConfig } from "./config.ts";
import type { Cell } from "./experiment.ts";
import type { Config } from "./hyperparameters.ts";
import { hyperparametersOf, TRAINERS } from "./hyperparameters.ts";

/**
 * The cells that a baseline's values may mean: exactly one, if the baseline is as it should be.
 *
 * Those are the cells that have its values. If several have, and just one of them is as fixed or
 * default in all else, it is that one: `{ l1_penalty: 0 }` is the cell without an L2 penalty too.
 */
export function findBaseline(
  cells: readonly Cell[],
  fixed: Config,
  baseline: Config,
): readonly Cell[] {
  const matches = cellsWith(cells, baseline);
  if (matches.length < 2) return matches;
  const plain = TRAINERS.flatMap((trainer) => {
    const ofTrainer = matches.filter((cell) => cell.trainer === trainer);
    return cellsWith(ofTrainer, resolveConfig(trainer, { ...fixed, ...baseline }));
  });
  return plain.length === 1 ? plain : matches;
}

/** The cells with these values, of which `trainer` may be one. */
function cellsWith(cells: readonly Cell[], { trainer: wanted, ...values }: Config): Cell[] {
  const keys = Object.keys(values);
  const trainers = TRAINERS.filter((trainer) => wanted === undefined || trainer === wanted);
  return trainers.flatMap((trainer) => {
    const rows = hyperparametersOf(trainer).filter(({ key }) => keys.includes(key));
    if (rows.length < keys.length) return [];
    const identity = configIdentity(rows, values);
    return cells.filter((cell) => {
      return cell.trainer === trainer && configIdentity(rows, cell.config) === identity;
    });
  });
}
