/*
 * Sweeps an experiment, and writes what there is all the time: for faults that hit it while it does, and
 * with arguments for sbatch on a cluster.
 */

import { openExperiment } from "../../src/experiment/open_experiment.ts";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";

const [file, reports, ...sbatchArgs] = Deno.args;

await sweepExperiment(await openExperiment(file), {
  reports,
  workers: 1,
  signal: new AbortController().signal,
  onEvent: () => {},
  slurm: sbatchArgs.length > 0 ? { detach: false, chunk: 1, sbatchArgs } : undefined,
  pace: { share: 1e9, leastSeconds: 0 },
});
