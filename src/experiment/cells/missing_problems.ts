import type { Problem } from "../../user_error.ts";
import type { CellList } from "./cell_list.ts";
import type { SweptPlaces } from "./cell_problems.ts";
import { ABSENT } from "./columns.ts";

/** Finds hyperparameters that have no default, and no value in some cell of their trainer. */
export function missingProblems({ combinations }: CellList, places: SweptPlaces): Problem[] {
  const { columns } = combinations;
  const needed = columns.trainers.all.flatMap(({ name, hyperparameters }) =>
    hyperparameters.filter(({ key }) => columns.bases[name][key] === undefined)
      .map(({ key }) => ({ trainer: name, key, column: columns.indexOf(key) }))
  );
  return needed.flatMap(({ trainer, key, column }): Problem[] => {
    for (let index = 0; index < combinations.length; index++) {
      const isGiven = column >= 0 && combinations.idAt(index, column) !== ABSENT;
      if (isGiven || combinations.trainerOf(index) !== trainer) continue;
      const place = columns.indexOf("trainer") < 0 ? ABSENT : combinations.idAt(index, 0);
      return [{
        message: `Missing hyperparameter ${key}: trainer ${trainer} has no default for it`,
        place: places.ofValue("trainer", place),
        hint: "write it under fixed, or in the grid",
      }];
    }
    return [];
  });
}
