import { assert } from "@std/assert";
import type { ExperimentChanges } from "../../src/experiment/overrides.ts";
import { openOnDataset } from "../_on_dataset.ts";
import { askPeer, peerRequest } from "./ask_peer.ts";

/** A random search's points of gradient boosting, and the test scores of the best one. */
export interface BoostingSearch {
  readonly model: string;
  readonly points: readonly {
    readonly settings: Readonly<Record<string, number | string | null>>;
    /** Balanced accuracies, one per seed of the experiment. */
    readonly validation: readonly number[];
  }[];
  /** The place in `points` with the highest mean. */
  readonly best: number;
  /** Balanced accuracies of the best point, one per seed of the experiment. */
  readonly test: readonly number[];
}

/**
 * Has scikit-learn search settings of gradient boosting on the rows of an experiment's runs.
 *
 * @param points How many to try; the first one has the default settings.
 * @param changes Which seeds and, of an experiment with `datasets:`, which table.
 * @param python One that has scikit-learn.
 */
export async function searchBoosting(
  file: string,
  { points, python, changes }: {
    readonly points: number;
    readonly python: string;
    readonly changes?: ExperimentChanges;
  },
): Promise<BoostingSearch> {
  const opened = await openOnDataset(file, changes);
  assert(opened.dataset.task === "classification", `${file} has no classes`);
  const request = { ...await peerRequest(opened), points, search_seed: 1 };
  return await askPeer<BoostingSearch>("boosting_peer.py", request, python);
}
