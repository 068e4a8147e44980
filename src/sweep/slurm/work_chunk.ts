import { basename } from "node:path";
import { readDataset } from "../../dataset/read_dataset.ts";
import { stopwatch } from "../../stopwatch.ts";
import { MODEL_SPACE, ModelSpace } from "../../store/model_space.ts";
import { Store } from "../../store/store.ts";
import { useStore } from "../../store/store_use.ts";
import { chooseLibrary } from "../../trainers/choose_library.ts";
import type { KernelsChoice } from "../../trainers/kernels_choice.ts";
import { ownTrainer } from "../../trainers/own_trainer.ts";
import type { SettledKernels } from "../../trainers/settle_kernels.ts";
import { trainerContext } from "../../trainers/trainer_context.ts";
import { BUILT_IN, Trainers } from "../../trainers/trainers.ts";
import { UserError } from "../../user_error.ts";
import { checkOwnCode } from "../copy_own_code.ts";
import { LocalLauncher } from "../local/local_launcher.ts";
import type { PlannedRun } from "../planned_run.ts";
import { keepModelIn } from "../stages/keep_model.ts";
import { isLong, KeptStates } from "../stages/kept_states.ts";
import { trainRuns } from "../train_runs.ts";
import { Submission } from "./submission.ts";
import { type TaskEnd, taskInEnvironment } from "./task_report.ts";

/** Chunks with fewer records keep them in files of their own. */
const LEAST_PACKED = 32;

export interface WorkOptions {
  /** Which kernels train; those of WebAssembly if not given. */
  readonly kernels?: KernelsChoice;
  readonly signal: AbortSignal;
  readonly onProblem: (message: string) => void;
  /** Called with what a run's program or module prints. */
  readonly onMessage: (message: string) => void;
}

/**
 * Does the work of a chunk's task: trains those of its runs that the store does not know with
 * workers on this machine, and reports at the start and at the end.
 *
 * @param folder The folder of the chunk's submission.
 * @throws {UserError} If there is no submission, or the dataset or the program is not the one that
 * the chunk was made with.
 * @throws The signal's reason, if it aborted.
 */
export async function workChunk(
  folder: string,
  chunk: number,
  { kernels = "wasm", signal, onProblem, onMessage }: WorkOptions,
): Promise<TaskEnd> {
  const secondsSinceStart = stopwatch();
  const submission = await Submission.open(folder);
  if (!submission) throw new UserError(`Cannot find a submission in ${folder}`, 1);
  const report = taskInEnvironment(chunk);
  await submission.writeReport(report);
  const runs = await submission.readChunk(chunk);
  let trained = 0;
  let used: SettledKernels["native"];
  const reportEnd = async (failures: TaskEnd["failures"], error?: string) => {
    const end: TaskEnd = {
      trained,
      seconds: secondsSinceStart(),
      ...used && { native: { library: basename(used.path), bits: used.bits } },
      failures,
      error,
    };
    await submission.writeReport({ ...report, end });
    return end;
  };
  try {
    const { manifest } = submission;
    const dataset = manifest.dataset && await rightDataset(manifest.dataset);
    const { own = [] } = manifest;
    const trainers = new Trainers([...BUILT_IN.all, ...own.map(ownTrainer)]);
    checkVersion(runs, trainers);
    const needed = trainers.select(runs.map(({ task }) => task.trainer));
    // A program reads its files with each run; what a module is made of is in the submission.
    await checkOwnCode(needed.flatMap(({ own }) => own ?? []));
    const library = await chooseLibrary(kernels, needed, onProblem);
    const context = await trainerContext(needed, dataset);
    const { workers } = manifest;
    using _use = await useStore(manifest.store, { signal, onWait: onProblem });
    const store = await Store.open(manifest.store, { onProblem });
    const onKernels = ({ native }: SettledKernels) => used ??= native;
    const launcher = new LocalLauncher({ workers, context, library, onKernels });
    const { models, checkpoints } = new ModelSpace(manifest.store, {
      bytes: manifest.modelSpace ?? MODEL_SPACE,
      onProblem,
    });
    const outcomes = await trainRuns(runs, {
      ...{ sharing: new KeptStates({ checkpoints, trainers }), keepsModel: isLong },
      keepModel: keepModelIn(models),
      store,
      launcher,
      failFast: false,
      // Slurm decides who trains what, and a node that it has given up may hold a claim for ever.
      leavesToOthers: false,
      signal,
      onProblem,
      onMessage,
      onEvent: ({ kind }) => {
        if (kind === "trained") trained++;
      },
    });
    const done = outcomes.flatMap(({ key, result }) => result ? [key] : []);
    // A file system that many nodes share handles one large file better than many small ones.
    if (done.length >= LEAST_PACKED) await store.pack(done);
    const failed = outcomes.flatMap(({ key, failure }) =>
      failure === undefined ? [] : [{ run: key, reason: failure }]
    );
    return await reportEnd(failed);
  } catch (error) {
    await reportEnd([], error instanceof Error ? error.message : String(error));
    throw error;
  }
}

async function rightDataset(
  { path, options, ...sums }: NonNullable<Submission["manifest"]["dataset"]>,
) {
  const dataset = await readDataset(path, options);
  const isSame = dataset.checksum === sums.checksum;
  if (isSame && dataset.testChecksum === sums.testChecksum) return dataset;
  const changed = isSame ? options.testPath : path;
  throw new UserError(`Cannot use ${changed}: it has changed since the sweep was submitted`);
}

function checkVersion(runs: readonly PlannedRun[], trainers: Trainers): void {
  for (const { identity: { trainer, version } } of runs) {
    const own = trainers.named(trainer).version;
    if (own === version) continue;
    const now = `this is version ${own} of the ${trainer} trainer`;
    throw new UserError(`Cannot train for version ${version}: ${now}`);
  }
}
