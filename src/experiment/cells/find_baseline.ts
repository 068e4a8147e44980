import type { Config } from "../../trainers/hyperparameter.ts";
import { hyperparameterOrTrainer } from "../schema/hyperparameter_or_trainer.ts";
import type { CellList } from "./cell_list.ts";
import { comparison } from "./pattern.ts";

/**
 * The indexes of the cells that a baseline may refer to: exactly one, if the baseline is right.
 *
 * Those are the cells that have its values. If there are several, and exactly one of them has fixed
 * or default values for all other keys, it is that one: `{ l1_penalty: 0 }` is the cell that has no
 * L2 penalty either.
 *
 * @param baseline Its `trainer`, if present, is a trainer's name.
 */
export function findBaseline({ combinations }: CellList, baseline: Config): readonly number[] {
  const { columns } = combinations;
  const pattern = Object.entries(baseline).map(([key, value]) => {
    return [key, comparison(hyperparameterOrTrainer(key, columns.trainers), "=", value)] as const;
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
