import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Dataset } from "../../dataset/dataset.ts";
import type { DatasetOptions, Experiment } from "../../experiment/experiment.ts";
import type { LauncherOptions } from "../../experiment/launcher_options.ts";
import { nativeFolder } from "../../kernels/native_library.ts";
import type { ManifestTask } from "../../results/manifest.ts";
import { sha256 } from "../../sha256.ts";
import type { Store } from "../../store/store.ts";
import type { ChosenLibrary } from "../../trainers/choose_library.ts";
import type { OwnCode } from "../../trainers/own_code.ts";
import { createRunTrainer } from "../../trainers/run_trainer.ts";
import { withNative } from "../../trainers/settle_kernels.ts";
import type { RunShape, TrainerContext } from "../../trainers/trainer.ts";
import { measureRate } from "../estimate_time.ts";
import type { SweepFolders } from "../sweep_folders.ts";
import { checkPackages } from "./check_packages.ts";
import { pace } from "./pace.ts";
import { SlurmLauncher, type SlurmLauncherOptions } from "./slurm_launcher.ts";
import { slurmOptions } from "./slurm_options.ts";
import type { SubmissionManifest } from "./submission_files.ts";
import { taskScript } from "./task_script.ts";

const PROJECT = fileURLToPath(new URL("../../../", import.meta.url)).replace(/\/$/, "");

/** How to use a Slurm cluster, with precedence over what the experiment says. */
export interface SlurmChoice extends LauncherOptions {
  /** True: submits and does not wait. */
  readonly detach: boolean;
}

export interface SlurmSweep extends Pick<SlurmLauncherOptions, "onMessage" | "onTasks"> {
  readonly experiment: Experiment;
  /** The experiment as it is run. */
  readonly experimentText: string;
  readonly context: TrainerContext;
  /** The library of native kernels that this machine may use, if it gives the right numbers. */
  readonly library?: ChosenLibrary;
  /** Whether tasks may use libraries, each one that its node can run. */
  readonly tasksMayUseLibraries: boolean;
  readonly shape: RunShape;
  readonly store: Store;
  /** The most bytes that models and checkpoints may have in the store. */
  readonly modelSpace: number;
  readonly folders: SweepFolders;
}

/** The launchers of a sweep on a cluster, one for each of its parts that trains runs. */
export class SlurmLaunchers {
  readonly #sweep: SlurmSweep;
  readonly #choice: SlurmChoice;
  readonly #used: SlurmLauncher[] = [];
  /** Made before the sweep begins, so that it does not begin with options that are wrong. */
  #first?: SlurmLauncher;

  private constructor(sweep: SlurmSweep, choice: SlurmChoice, first: SlurmLauncher) {
    this.#sweep = sweep;
    this.#choice = choice;
    this.#first = first;
  }

  static async open(sweep: SlurmSweep, choice: SlurmChoice): Promise<SlurmLaunchers> {
    return new SlurmLaunchers(sweep, choice, await makeSlurmLauncher(sweep, choice));
  }

  /** A launcher that has not launched anything. */
  async next(): Promise<SlurmLauncher> {
    const launcher = this.#first ?? await makeSlurmLauncher(this.#sweep, this.#choice);
    this.#first = undefined;
    this.#used.push(launcher);
    return launcher;
  }

  /** Reports of the tasks that runs have waited for, for the sweep's manifest. */
  async reports(): Promise<ManifestTask[]> {
    return (await Promise.all(this.#used.map((launcher) => launcher.reports()))).flat();
  }
}

/** Makes the launcher of a sweep on the Slurm cluster that this machine belongs to. */
async function makeSlurmLauncher(
  sweep: SlurmSweep,
  { detach, ...choice }: SlurmChoice,
): Promise<SlurmLauncher> {
  checkPackages(PROJECT);
  const { experiment, experimentText, context, library, shape, store, modelSpace, folders } = sweep;
  const slurm = slurmOptions(choice, experiment.launcher);
  const hash = (await sha256(experimentText)).slice(0, 8);
  return new SlurmLauncher({
    store,
    folder: resolve(folders.submissions),
    manifest: {
      format: 1,
      experiment: experiment.name,
      jobName: `regsweep-${experiment.name}-${hash}`,
      ...experiment.dataset && context.dataset && {
        dataset: submittedDataset(experiment.dataset, context.dataset),
      },
      ...context.own && { own: context.own.map(resolved) },
      store: resolve(folders.store),
      modelSpace,
      workers: slurm.cpusPerTask,
    },
    script: (submission) => {
      const startsPrograms = context.own?.some(({ kind }) => kind === "program");
      return taskScript({
        ...{ deno: Deno.execPath(), project: PROJECT, submission, startsPrograms },
        libraries: sweep.tasksMayUseLibraries ? nativeFolder() : undefined,
      });
    },
    slurm,
    measureRate: async (run) => {
      using trainer = createRunTrainer(withNative(context, library, sweep.onMessage));
      return await measureRate(trainer, run, { trainers: experiment.trainers, shape });
    },
    detach,
    user: Deno.uid(),
    pace: pace(Number(Deno.env.get("REGSWEEP_SLURM_PACE") ?? 1)),
    onMessage: sweep.onMessage,
    onTasks: sweep.onTasks,
  });
}

/** Code as any process can use it: a program's folder is absolute. */
function resolved(code: OwnCode): OwnCode {
  return code.kind === "program" ? { ...code, folder: resolve(code.folder) } : code;
}

/** What tasks need to know to read the dataset that the sweep has read. */
function submittedDataset(
  { path, split: _, standardize: __, ...options }: DatasetOptions,
  { checksum, testChecksum }: Pick<Dataset, "checksum" | "testChecksum">,
): NonNullable<SubmissionManifest["dataset"]> {
  const { testPath } = options;
  return {
    path: resolve(path),
    options: testPath === undefined ? options : { ...options, testPath: resolve(testPath) },
    checksum,
    ...testChecksum !== undefined && { testChecksum },
  };
}
