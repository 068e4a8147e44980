import { join } from "node:path";

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

/**
 * The folders of an experiment's sweep.
 *
 * @param reports The folder that holds every sweep's folder, and the store.
 */
export function sweepFolders(reports: string, experiment: string): SweepFolders {
  const results = join(reports, experiment);
  const store = join(reports, "store");
  return {
    ...{ results, store, testStore: join(store, "test") },
    ...{ submissions: join(results, "slurm"), logs: join(results, "logs") },
  };
}
