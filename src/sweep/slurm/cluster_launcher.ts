import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Dataset } from "../../dataset/dataset.ts";
import type { Experiment } from "../../experiment/experiment.ts";
import { sha256 } from "../../sha256.ts";
import type { Store } from "../../store/store.ts";
import { measureRate } from "../estimate_time.ts";
import { pace } from "./pace.ts";
import { SlurmLauncher } from "./slurm_launcher.ts";
import { slurmOptions } from "./slurm_options.ts";
import { submissionsFolder } from "./submission.ts";
import { taskScript } from "./task_script.ts";
import { createTrainer } from "../../trainers/registry.ts";
import type { RunShape } from "../../trainers/run_flops.ts";
import type { Options } from "../../cli/options.ts";

const PROJECT = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

export interface ClusterSweep {
  readonly experiment: Experiment;
  /** The experiment as it is run. */
  readonly experimentText: string;
  readonly dataset: Dataset;
  readonly kernels: WebAssembly.Module;
  readonly shape: RunShape;
  readonly store: Store;
  readonly options: Options;
  /** Told what a user may want to know, in words. */
  readonly tell: (message: string) => void;
}

/** The launcher of `--launcher slurm`. */
export async function clusterLauncher(sweep: ClusterSweep): Promise<SlurmLauncher> {
  const { experiment, experimentText, dataset, kernels, shape, store, options, tell } = sweep;
  const slurm = slurmOptions(options, experiment.launcher);
  const { path, target } = experiment.dataset;
  const hash = (await sha256(experimentText)).slice(0, 8);
  return new SlurmLauncher({
    store,
    folder: resolve(submissionsFolder(options.reports, experiment.name)),
    manifest: {
      format: 1,
      experiment: experiment.name,
      jobName: `regsweep-${experiment.name}-${hash}`,
      dataset: { path: resolve(path), target, checksum: dataset.checksum },
      store: resolve(join(options.reports, "store")),
      workers: slurm.cpusPerTask,
    },
    script: (submission) => taskScript({ deno: Deno.execPath(), project: PROJECT, submission }),
    slurm,
    measureRate: (run) => {
      const trainer = createTrainer(run.identity.trainer, { kernels, dataset });
      return measureRate(trainer, run, shape);
    },
    detach: options.detach,
    user: Deno.uid(),
    pace: pace(Number(Deno.env.get("REGSWEEP_SLURM_PACE") ?? 1)),
    tell,
  });
}
