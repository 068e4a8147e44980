import { readDataset } from "../../dataset/read_dataset.ts";
import { DEFAULT_METRIC } from "../../measures/metrics.ts";
import { loadKernelsModule } from "../../kernels/load_kernels.ts";
import { Store } from "../../store/store.ts";
import { trainerVersion } from "../../trainers/registry.ts";
import { UserError } from "../../user_error.ts";
import { LocalLauncher } from "../local_launcher.ts";
import type { PlannedRun } from "../planned_run.ts";
import { Progress } from "../progress.ts";
import { runSweep } from "../run_sweep.ts";
import type { Submission } from "./submission.ts";
import { type TaskEnd, taskInEnvironment } from "./task_report.ts";

export interface WorkOptions {
  readonly signal: AbortSignal;
  readonly onProblem: (message: string) => void;
}

/**
 * Does the work of a chunk's task: trains those of its runs that the store does not know with
 * workers on this machine, and reports at the start and at the end.
 *
 * @throws {UserError} If the dataset or the program is not the one that the chunk was made with.
 * @throws The signal's reason, if it aborted.
 */
export async function workChunk(
  submission: Submission,
  chunk: number,
  { signal, onProblem }: WorkOptions,
): Promise<TaskEnd> {
  const started = performance.now();
  const report = taskInEnvironment(chunk);
  await submission.writeReport(report);
  const runs = await submission.readChunk(chunk);
  const progress = new Progress(DEFAULT_METRIC, runs);
  const reportEnd = async (failures: TaskEnd["failures"], error?: string) => {
    const seconds = (performance.now() - started) / 1000;
    const end: TaskEnd = { trained: progress.trained, seconds, failures, error };
    await submission.writeReport({ ...report, end });
    return end;
  };
  try {
    const { manifest } = submission;
    const context = { kernels: await loadKernelsModule(), dataset: await rightDataset(manifest) };
    checkVersion(runs);
    const { workers } = manifest;
    const store = await Store.open(manifest.store, { onProblem });
    const launcher = new LocalLauncher({ workers, context });
    const outcomes = await runSweep(runs, {
      store,
      launcher,
      progress,
      failFast: false,
      // Who trains what is Slurm's to say; a node that it has given up may hold a claim for ever.
      leavesToOthers: false,
      signal,
      onProblem,
    });
    const failed = outcomes.flatMap(({ key, failure }) =>
      failure === undefined ? [] : [{ run: key, reason: failure }]
    );
    return await reportEnd(failed);
  } catch (error) {
    await reportEnd([], error instanceof Error ? error.message : String(error));
    throw error;
  }
}

async function rightDataset({ dataset: { path, target, checksum } }: Submission["manifest"]) {
  const dataset = await readDataset(path, target);
  if (dataset.checksum === checksum) return dataset;
  throw new UserError(`Cannot use ${path}: it has changed since the sweep was submitted`);
}

function checkVersion(runs: readonly PlannedRun[]): void {
  for (const { identity: { trainer, version } } of runs) {
    if (trainerVersion(trainer) === version) continue;
    const now = `this is version ${trainerVersion(trainer)} of the ${trainer} trainer`;
    throw new UserError(`Cannot train for version ${version}: ${now}`);
  }
}
