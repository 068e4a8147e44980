/** What writing result files and the report takes on a slow machine: for each run, and besides. */
const [RUN_SECONDS, OTHER_SECONDS] = [5e-4, 0.4];

/** How long writing the results of so many runs is expected to take, before it has been done once. */
export function writingSeconds(runs: number): number {
  return OTHER_SECONDS + RUN_SECONDS * runs;
}
