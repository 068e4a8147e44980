import type { Problem } from "../../user_error.ts";
import type { SweptPlaces } from "./cell_problems.ts";
import { ABSENT } from "./columns.ts";
import type { CellList } from "./cell_list.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameters.ts";
import { hyperparametersOf, TRAINERS } from "../../trainers/hyperparameters.ts";

/** Finds lists of values per layer that are too long or too short for a cell's hidden layers. */
export function layerProblems({ combinations }: CellList, places: SweptPlaces): Problem[] {
  const rows = TRAINERS.flatMap(hyperparametersOf);
  return rows.filter(({ shape }) => shape === "per_layer").flatMap(({ key, trainer }) => {
    const { columns } = combinations;
    const column = columns.list[columns.indexOf(key)];
    const isList = (value: HyperparameterValue) => typeof value === "object";
    if (!isList(columns.bases[trainer][key]) && !column?.values.some(isList)) return [];
    const wrong = new Map<number, Problem>();
    for (let index = 0; index < combinations.length; index++) {
      const id = column ? combinations.idAt(index, columns.indexOf(key)) : ABSENT;
      const value = combinations.valueAt(index, key);
      const hidden = combinations.valueAt(index, "hidden");
      if (wrong.has(id) || typeof value !== "object" || typeof hidden !== "object") continue;
      if (value.length === hidden.length) continue;
      const message = `Cannot use ${key} ${formatValue(value)}: ` +
        `${key} must have one value per hidden layer, and hidden is ${formatValue(hidden)}`;
      wrong.set(id, { message, place: places.ofValue(key, id) });
    }
    return [...wrong.values()];
  });
}
