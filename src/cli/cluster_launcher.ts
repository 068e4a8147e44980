import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Experiment } from "../experiment/experiment.ts";
import { sha256 } from "../sha256.ts";
import type { Store } from "../store/store.ts";
import { measureRate } from "../sweep/estimate_time.ts";
import { pace } from "../sweep/slurm/pace.ts";
import { SlurmLauncher } from "../sweep/slurm/slurm_launcher.ts";
import { slurmOptions } from "../sweep/slurm/slurm_options.ts";
import { submissionsFolder } from "../sweep/slurm/submission.ts";
import { taskScript } from "../sweep/slurm/task_script.ts";
import { createRunTrainer } from "../trainers/run_trainer.ts";
import type { RunShape, TrainerContext } from "../trainers/trainer.ts";
import type { Options } from "./options.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

export interface ClusterSweep {
  readonly experiment: Experiment;
  /** The experiment as it is run. */
  readonly experimentText: string;
  readonly context: TrainerContext;
  readonly shape: RunShape;
  readonly store: Store;
  readonly options: Options;
  /** Told what a user may want to know, in words. */
  readonly tell: (message: string) => void;
}

/** The launcher of `--launcher slurm`. */
export async function clusterLauncher(sweep: ClusterSweep): Promise<SlurmLauncher> {
  const { experiment, experimentText, context, shape, store, options, tell } = sweep;
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
      dataset: { path: resolve(path), target, checksum: context.dataset.checksum },
      store: resolve(join(options.reports, "store")),
      workers: slurm.cpusPerTask,
    },
    script: (submission) => taskScript({ deno: Deno.execPath(), project: PROJECT, submission }),
    slurm,
    measureRate: (run) => measureRate(createRunTrainer(context), run, shape),
    detach: options.detach,
    user: Deno.uid(),
    pace: pace(Number(Deno.env.get("REGSWEEP_SLURM_PACE") ?? 1)),
    tell,
  });
}
