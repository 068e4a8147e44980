import { join, relative } from "node:path";
import { readDataset } from "../dataset/read_dataset.ts";
import { experimentText } from "../experiment/experiment_text.ts";
import { readExperiment, readExperimentText } from "../experiment/read_experiment.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import type { StoredTest } from "../store/run_record.ts";
import { Store } from "../store/store.ts";
import { countOf } from "../format_number.ts";
import { halve } from "../sweep/halve.ts";
import { LocalLauncher } from "../sweep/local/local_launcher.ts";
import { planRuns, runShape } from "../sweep/plan_runs.ts";
import type { PlannedRun } from "../sweep/planned_run.ts";
import { Progress, type Snapshot } from "../sweep/progress.ts";
import { runSweep } from "../sweep/train_runs.ts";
import { runsToScore, scoreTestRows } from "../sweep/score_test_rows.ts";
import { writeResults } from "../sweep/write_results.ts";
import { systemReason } from "../system_reason.ts";
import { UserError } from "../user_error.ts";
import type { SlurmLauncher } from "../sweep/slurm/slurm_launcher.ts";
import { checkRunCount } from "../sweep/check_run_count.ts";
import type { Invocation } from "./commands.ts";
import { Interruption } from "./interruption.ts";
import { OPTIONS, type Options, SLURM_OPTIONS } from "./options.ts";
import { consoleColumns, print, printAside } from "./output.ts";
import { ProgressDisplay } from "./progress_display.ts";
import { stopwatch } from "../stopwatch.ts";
import { failureList, sweepSummary } from "./sweep_summary.ts";

/** Longer lines are hard to read. */
const WIDEST_TEXT = 100;

/** Trains an experiment's missing runs and writes its files. */
export async function sweep(
  { operands: [file], options }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  refuseSlurmOptions(options);
  const started = new Date();
  const secondsSinceStart = stopwatch();
  const experiment = await readExperiment(file, options);
  checkRunCount(experiment, options.maxRuns);
  if (experiment.halving && options.launcher === "slurm") {
    throw new UserError("Cannot use --launcher slurm with successive_halving");
  }
  const folder = join(options.reports, experiment.name);
  const { path, target } = experiment.dataset;
  const textToKeep = experimentText(readExperimentText(file), options, relative(folder, path));
  const [dataset, kernels] = await Promise.all([readDataset(path, target), loadKernelsModule()]);
  const shape = runShape(experiment, dataset);
  await makeFolder(folder);

  let cluster: SlurmLauncher | undefined;
  let progress = new Progress(experiment.metric, []);
  let snapshot = () => progress.snapshot(0);
  /** Counts from now on what becomes of some runs, and shows it. */
  const follow = (runs: readonly PlannedRun[], shown: Partial<Snapshot> = {}): Progress => {
    const followed = new Progress(experiment.metric, runs);
    const seconds = stopwatch();
    snapshot = () => ({ ...followed.snapshot(seconds()), tasks: cluster?.tasks, ...shown });
    return followed;
  };
  const display = new ProgressDisplay(() => snapshot(), options);
  const onProblem = (message: string) => display.print(message);
  const { workers, runTimeout: runTimeoutSeconds, failFast } = options;
  try {
    const storeFolder = join(options.reports, "store");
    const store = await Store.open(storeFolder, { onProblem });
    const context = { kernels, dataset };
    if (options.launcher === "slurm") {
      const { clusterLauncher } = await import("../sweep/slurm/cluster_launcher.ts");
      const what = { experiment, experimentText: textToKeep, dataset, kernels, shape, store };
      cluster = await clusterLauncher({ ...what, options, tell: onProblem });
    }
    const local = new LocalLauncher({ workers, context, runTimeoutSeconds });
    const launcher = cluster ?? local;
    const train = async (runs: readonly PlannedRun[], noun?: string) => {
      progress = follow(runs, { noun });
      const doing = {
        store,
        launcher,
        progress,
        failFast,
        leavesToOthers: true,
        signal,
        onProblem,
      };
      const outcomes = await runSweep(runs, doing);
      if (progress.failed > 0) onProblem(failureList(outcomes));
      return outcomes;
    };
    const halved = await halve(experiment, dataset, async (runs, { step }) => {
      const outcomes = await train(runs, `${step}-step run`);
      return progress.failed > 0 ? undefined : outcomes;
    });
    if (!halved) {
      display.close();
      printAside(
        `Stopped: which cells go on depends on the runs that failed; ${keptRuns(progress)}`,
      );
      return 1;
    }
    const { experiment: finalists, rows: halving } = halved;
    const { runs } = planRuns(finalists, dataset);
    const outcomes = await train(runs);
    if (outcomes.length < runs.length) {
      display.close();
      if (options.detach && progress.failed === 0) {
        if (!options.quiet) print(detachedText(file, outcomes.length, runs.length));
        return 0;
      }
      printAside(`Stopped at the first failure; ${keptRuns(progress)}`);
      return 1;
    }
    const toScore = await runsToScore(runs, outcomes, { experiment: finalists, dataset });
    const scoring = follow(toScore.map(({ run }) => run), { noun: "test score", best: undefined });
    const tests = await scoreTestRows(toScore, {
      store: await Store.open<StoredTest>(join(storeFolder, "test"), { onProblem }),
      // A cluster's queue would take longer than these few runs.
      launcher: local,
      progress: scoring,
      signal,
      onProblem,
    });
    const seconds = secondsSinceStart();
    display.close();
    const tasks = await cluster?.reports();
    const results = await writeResults(
      {
        experiment: finalists,
        dataset,
        outcomes,
        tests,
        halving,
        progress,
        started,
        seconds,
        workers,
        tasks,
      },
      { folder, experimentText: textToKeep, signal },
    );
    const width = Math.min(consoleColumns(), WIDEST_TEXT);
    if (!options.quiet) print(sweepSummary(results, folder, width));
    return progress.failed > 0 ? 1 : 0;
  } catch (error) {
    display.close();
    if (error instanceof Interruption) printAside(`Stopped; ${keptRuns(progress)}`);
    throw error;
  }
}

function keptRuns({ known, trained, total }: Progress): string {
  return `${known + trained} of ${total} runs are kept, and the same command does the rest`;
}

function detachedText(file: string, done: number, total: number): string {
  return [
    `${done} of ${countOf(total, "run")} are done; the others are left to Slurm.`,
    `deno task status ${file} tells how they are, deno task cancel ${file} cancels them,`,
    "and the same command without --detach waits for them and writes the results.",
  ].join("\n");
}

/** @throws {UserError} If there are options that would have no effect. */
function refuseSlurmOptions(options: Options): void {
  if (options.launcher === "slurm") {
    if (options.runTimeout === undefined) return;
    throw new UserError("Cannot use --run-timeout with --launcher slurm (--time limits its tasks)");
  }
  const given = SLURM_OPTIONS.filter((key) => options[key] !== undefined && options[key] !== false);
  if (given.length === 0) return;
  const names = given.map((key) => `--${OPTIONS[key].name}`).join(" and ");
  throw new UserError(`Cannot use ${names} without --launcher slurm`);
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UserError(`Cannot make the folder ${folder}: ${reason}`, 1);
  }
}
