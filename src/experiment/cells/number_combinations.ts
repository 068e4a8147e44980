import { canonicalValue } from "../../trainers/config.ts";
import { formatValue } from "../../trainers/format_value.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import type { Cells } from "../experiment.ts";
import { hyperparameterOrTrainer } from "../schema/hyperparameter_or_trainer.ts";

/** More than there are values of a key, or combinations: each cell has one. */
const MOST = 2 ** 21;
/** The number of a value that does not count. */
const BLANK = 0;

/**
 * Numbers the combinations of cells' values of some keys: equal ones have the same number. It is for
 * up to a million cells: a text for each would take many times as long.
 *
 * @returns A function that gives a cell's number by the cell's index; values of `blank` keys count as
 * the same.
 */
export function numberCombinations(
  cells: Cells,
  keys: readonly string[],
): (index: number, blank?: readonly string[]) => number {
  const columns = keys.map((key) => {
    const row = hyperparameterOrTrainer(key);
    const identityOf = (value: HyperparameterValue | undefined) => {
      if (typeof value !== "object") return value;
      const canonical = canonicalValue(row, value);
      return typeof canonical === "object" ? formatValue(canonical) : canonical;
    };
    // Of the values, and of the combinations of the keys so far with them.
    return { key, identityOf, values: numbering(1), combinations: numbering(0) };
  });
  return (index, blank = []) => {
    let number = 0;
    for (const { key, identityOf, values, combinations } of columns) {
      const value = blank.includes(key) ? BLANK : values(identityOf(cells.valueAt(index, key)));
      number = combinations(number * MOST + value);
    }
    return number;
  };
}

/** Numbers what it is given in the order of the first time. */
function numbering(first: number): (item: unknown) => number {
  const numbers = new Map<unknown, number>();
  return (item) => {
    const known = numbers.get(item);
    if (known !== undefined) return known;
    const number = numbers.size + first;
    numbers.set(item, number);
    return number;
  };
}
