import type { Dataset } from "../../dataset/dataset.ts";
import type { Experiment } from "../../experiment/experiment.ts";
import type { Store } from "../../store/store.ts";
import { searchCells } from "../search_cells.ts";
import { type LookedUpRun, lookUpRuns } from "./look_up_runs.ts";

/** A search as far as the store has its runs. */
export interface KnownSearch {
  /** With the cells of the batches whose runs are known, and of the one that comes next. */
  readonly experiment: Experiment;
  /** The runs of these batches. */
  readonly runs: readonly LookedUpRun[];
}

/** Replays an experiment's search as far as the store has its runs. */
export async function knownSearch(
  experiment: Experiment,
  dataset: Dataset | undefined,
  store: Store,
): Promise<KnownSearch> {
  const lookedUp: LookedUpRun[] = [];
  const searched = await searchCells(experiment, dataset, async (runs) => {
    const found = await lookUpRuns(runs, store);
    for (const run of found.lookedUp) lookedUp.push(run);
    return found.outcomes;
  });
  return { experiment: searched.experiment, runs: lookedUp };
}
