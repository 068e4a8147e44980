import type { SweptKey } from "../../results/manifest.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { ReportCell } from "../report_cell.ts";

/**
 * A cell's value for a swept key; empty where the cell goes without the key: its trainer does not have
 * it, or the grid sweeps it on a condition that the cell does not meet. Such a cell has the default,
 * which means little beside values that were chosen.
 *
 * A key is conditional if the value of another key, which all cells have or which is conditional
 * itself, says which cells have it. Otherwise cells without it are in a block of the grid that leaves
 * it at its default, which is a value like the others.
 */
export function valuesIn(
  cells: readonly ReportCell[],
  swept: readonly SweptKey[],
): (cell: ReportCell, key: string) => HyperparameterValue {
  const conditional = conditionalKeys(cells, swept.map(({ key }) => key));
  return (cell, key) => {
    const isWithout = conditional.has(key) && !keysOf(cell).has(key);
    return isWithout ? "" : cell.summary.values[key];
  };
}

function conditionalKeys(cells: readonly ReportCell[], keys: readonly string[]): Set<string> {
  const having = new Map(cells.map((cell) => [cell, keysOf(cell)]));
  const has = (cell: ReportCell, key: string) => having.get(cell)?.has(key) === true;
  const isEverywhere = (key: string) => cells.every((cell) => has(cell, key));
  const deciding = new Set(keys.filter(isEverywhere));
  const conditional = new Set<string>();
  const decides = (by: string, key: string) => {
    const groups = Map.groupBy(
      cells,
      (cell) => has(cell, by) ? JSON.stringify(cell.summary.values[by]) : "",
    );
    // A key of which no two cells have the same value decides nothing.
    return groups.size < cells.length &&
      [...groups.values()].every((group) =>
        new Set(group.map((cell) => has(cell, key))).size === 1
      );
  };
  const isNew = (key: string) => !deciding.has(key) && [...deciding].some((by) => decides(by, key));
  for (let found = keys.filter(isNew); found.length > 0; found = keys.filter(isNew)) {
    for (const key of found) {
      deciding.add(key);
      conditional.add(key);
    }
  }
  return conditional;
}

function keysOf({ technique }: ReportCell): Set<string> {
  return new Set(technique.split(" × "));
}
