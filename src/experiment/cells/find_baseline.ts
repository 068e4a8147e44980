import { hyperparameterOrTrainer } from "../schema/hyperparameter_or_trainer.ts";
import type { CellList } from "./cell_list.ts";
import type { Config } from "../../trainers/hyperparameters.ts";
import { comparison } from "./pattern.ts";

/**
 * The indexes of the cells that a baseline's values may mean: exactly one, if the baseline is as it
 * should be.
 *
 * Those are the cells that have its values. If several have, and just one of them is as fixed or
 * default in all else, it is that one: `{ l1_penalty: 0 }` is the cell without an L2 penalty too.
 *
 * @param baseline Its `trainer`, if given, is a trainer's name.
 */
export function findBaseline({ combinations }: CellList, baseline: Config): readonly number[] {
  const { columns } = combinations;
  const pattern = Object.entries(baseline).map(([key, value]) => {
    return [key, comparison(hyperparameterOrTrainer(key), "=", value)] as const;
  });
  const matches = [...combinations.matching(columns.matcher(pattern))];
  if (matches.length < 2) return matches;
  const plain = matches.filter((index) => {
    const trainer = combinations.trainerOf(index);
    return columns.list.every(({ key }, column) => {
      const isNamed = key === "trainer" || Object.hasOwn(baseline, key);
      return isNamed ||
        combinations.identityAt(index, column) === columns.baseIdentity(trainer, column);
    });
  });
  return plain.length === 1 ? plain : matches;
}
