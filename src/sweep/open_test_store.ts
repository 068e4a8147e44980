import type { OpenedExperiment } from "../experiment/open_experiment.ts";
import type { StoredTest } from "../store/run_record.ts";
import { Store, type StoreOptions } from "../store/store.ts";
import { givesAllMeasures } from "../trainers/own_measures.ts";
import { testRowCount } from "./split_facts.ts";

/** Opens the store of an experiment's scores on its test rows. */
export async function openTestStore(
  folder: string,
  { experiment, dataset }: OpenedExperiment,
  options: StoreOptions,
): Promise<Store<StoredTest>> {
  const unpredicted = experiment.trainers.all.filter(givesAllMeasures).map(({ name }) => name);
  const scored = {
    ...dataset ?? NO_ROWS,
    testRows: testRowCount(experiment, dataset),
    unpredicted: new Set(unpredicted),
  };
  return await Store.openTests(folder, scored, options);
}

/** What scores must fit where there is no dataset: there are none. */
const NO_ROWS = { task: "regression", classes: [], columns: 0 } as const;
