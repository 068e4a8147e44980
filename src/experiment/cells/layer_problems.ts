import { formatValue } from "../../trainers/format_value.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { Problem } from "../../user_error.ts";
import type { CellList } from "./cell_list.ts";
import type { SweptPlaces } from "./cell_problems.ts";
import { ABSENT } from "./columns.ts";

/** Finds lists of values per layer that are not as long as the cell's list of layers. */
export function layerProblems({ combinations }: CellList, places: SweptPlaces): Problem[] {
  const { columns } = combinations;
  const rows = columns.trainers.all.flatMap(({ name, hyperparameters }) => {
    return hyperparameters.map((row) => ({ ...row, trainer: name }));
  });
  return rows.flatMap(({ key, trainer, lengthOf, per }) => {
    if (lengthOf === undefined) return [];
    const column = columns.list[columns.indexOf(key)];
    const isList = (value: HyperparameterValue) => typeof value === "object";
    if (!isList(columns.bases[trainer][key]) && !column?.values.some(isList)) return [];
    const wrong = new Map<number, Problem>();
    for (let index = 0; index < combinations.length; index++) {
      const id = column ? combinations.idAt(index, columns.indexOf(key)) : ABSENT;
      const value = combinations.valueAt(index, key);
      const layers = combinations.valueAt(index, lengthOf);
      if (wrong.has(id) || typeof value !== "object" || typeof layers !== "object") continue;
      if (value.length === layers.length) continue;
      const message = `Cannot use ${key} ${formatValue(value)}: ` +
        `${key} must have one value per ${per}, and ${lengthOf} is ${formatValue(layers)}`;
      wrong.set(id, { message, place: places.ofValue(key, id) });
    }
    return [...wrong.values()];
  });
}
