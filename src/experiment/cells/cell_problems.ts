import { formatValue } from "../../trainers/format_value.ts";
import type { Place, Problem } from "../../user_error.ts";
import { preparationRow, takesPreparation } from "../schema/preparation_rows.ts";
import { tableSchemas } from "../schema/table_schemas.ts";
import { unknownHyperparameter } from "../schema/unknown_hyperparameter.ts";
import type { CellList } from "./cell_list.ts";
import { ABSENT } from "./columns.ts";

/** Where a value of a swept key, or the key, is written; by the value's number in its column. */
export interface SweptPlaces {
  ofValue(key: string, id: number): Place;
  ofKey(key: string, id: number): Place;
}

/** Finds swept values that the trainers of their cells do not accept. */
export function cellProblems({ combinations }: CellList, places: SweptPlaces): Problem[] {
  const { columns } = combinations;
  const { trainers } = columns;
  const problems: Problem[] = [];
  const checked = new Set<string>();
  for (let index = 0; index < combinations.length; index++) {
    const trainer = combinations.trainerOf(index);
    columns.list.forEach(({ key, values }, column) => {
      const id = combinations.idAt(index, column);
      const name = `${trainer} ${column} ${id}`;
      if (id === ABSENT || key === "trainer" || checked.has(name)) return;
      checked.add(name);
      if (preparationRow(key)) {
        if (takesPreparation(trainers.named(trainer))) return;
        const message = `Cannot sweep ${key}: trainer ${trainer} does it its own way`;
        problems.push({ message, place: places.ofKey(key, id) });
        return;
      }
      const table = tableSchemas(trainers, [trainer]);
      const entry = table.find((entry) => entry.key === key);
      if (!entry) {
        const unknown = unknownHyperparameter(key, table.map(({ key }) => key), trainers);
        problems.push({ ...unknown, place: places.ofKey(key, id) });
      }
      for (const issue of entry?.schemas.value.safeParse(values[id]).error?.issues ?? []) {
        const message = `Cannot use ${key} ${formatValue(values[id])}: ${issue.message}`;
        problems.push({ message, place: places.ofValue(key, id) });
      }
    });
  }
  return problems;
}
