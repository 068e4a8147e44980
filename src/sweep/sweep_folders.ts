import { dirname, join, resolve } from "node:path";
import type { Experiment } from "../experiment/experiment.ts";
import { isCollectionFolder } from "../results/collection_manifest.ts";

/** Where a sweep keeps what it writes. */
export interface SweepFolders {
  /** CSV files, report and manifest. */
  readonly results: string;
  /** Records of all sweeps' runs. */
  readonly store: string;
  /** Scores on the test rows, apart from records, which do not depend on what was scored. */
  readonly testStore: string;
  /** What was submitted to Slurm. */
  readonly submissions: string;
  /** What programs wrote in runs, each in a file of its own. */
  readonly logs: string;
}

/** The folder of reports that holds a folder of results, also if its experiment is one of a collection. */
export async function reportsAround(results: string): Promise<string> {
  const around = dirname(resolve(results));
  return await isCollectionFolder(around) ? dirname(around) : around;
}

/**
 * The folders of an experiment's sweep. That of one on a table of several is in their collection's.
 *
 * @param reports The folder that holds every sweep's folder, and the store.
 */
export function sweepFolders(
  reports: string,
  { name, collection = "" }: Pick<Experiment, "name" | "collection">,
): SweepFolders {
  const results = join(reports, collection, name);
  const store = join(reports, "store");
  return {
    ...{ results, store, testStore: join(store, "test") },
    ...{ submissions: join(results, "slurm"), logs: join(results, "logs") },
  };
}
