import type { Cell, Experiment } from "../experiment.ts";
import { numberCombinations } from "./number_combinations.ts";

/** The first cell of each trainer and combination of values of some keys. */
export function* distinctCells(
  { cells, sweptKeys, trainers }: Pick<Experiment, "cells" | "sweptKeys" | "trainers">,
  keys: readonly string[],
): Generator<Cell> {
  const swept = sweptKeys.filter((key) => key === "trainer" || keys.includes(key));
  const numberOf = numberCombinations({ cells, trainers }, swept);
  // Numbers are given in order, so that a new one is the next.
  let known = 0;
  for (let index = 0; index < cells.length; index++) {
    if (numberOf(index) < known) continue;
    known++;
    const cell = cells.at(index);
    if (cell) yield cell;
    if (swept.length === 0) return;
  }
}
