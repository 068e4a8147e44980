import type { BestOfBatch, Cell, Experiment } from "./experiment.ts";

/** How many cells an experiment has, those included that its search has not proposed yet: at most. */
export function plannedCells(
  { cells, search, searched }: Pick<Experiment, "cells" | "search" | "searched">,
): number {
  return cells.length +
    (search && !searched?.isOver ? search.cellsAfter(search.batches.length) : 0);
}

/** The experiment with what its search has found in a batch. */
export function withFound(experiment: Experiment, found: BestOfBatch): Experiment {
  const { searched } = experiment;
  return { ...experiment, searched: { found: [...searched?.found ?? [], found], isOver: false } };
}

/**
 * The experiment with the next batch of its search; with the same cells, and a search that is over, if
 * there is none.
 *
 * @param merits How good each cell is, by its index: larger is better; -Infinity without a result.
 * @param isTrainable Whether a cell can be trained on the dataset: others are not proposed.
 */
export function nextBatch(
  experiment: Experiment,
  merits: readonly number[],
  isTrainable?: (cell: Cell) => boolean,
): Experiment {
  const { search, searched, places } = experiment;
  const next = search?.next(merits, isTrainable);
  if (!next) return { ...experiment, searched: { found: searched?.found ?? [], isOver: true } };
  const { placeOf, ...proposed } = next;
  const { cells } = proposed;
  return {
    ...experiment,
    ...proposed,
    places: {
      ...places,
      ofValue: ({ trainer, config, preparation }, key) => {
        return placeOf(cells.indexOfConfig(trainer, config, preparation), key);
      },
    },
  };
}
