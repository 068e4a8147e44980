import { join, relative } from "node:path";
import { readDataset } from "../dataset/read_dataset.ts";
import { experimentText } from "../experiment/experiment_text.ts";
import { readExperiment } from "../experiment/read_experiment.ts";
import { loadKernelsModule } from "../kernels/load_kernels.ts";
import { Store } from "../store/store.ts";
import { LocalLauncher } from "../sweep/local_launcher.ts";
import { planRuns } from "../sweep/plan_runs.ts";
import { Progress } from "../sweep/progress.ts";
import { runSweep } from "../sweep/run_sweep.ts";
import { writeResults } from "../sweep/write_results.ts";
import { systemReason } from "../system_reason.ts";
import { UserError } from "../user_error.ts";
import type { Invocation } from "./commands.ts";
import { Interruption } from "./interruption.ts";
import { consoleColumns, print, printAside } from "./output.ts";
import { ProgressDisplay } from "./progress_display.ts";
import { failureList, sweepSummary } from "./sweep_summary.ts";

/** Longer lines are hard to read. */
const WIDEST_TEXT = 100;

/** Trains an experiment's missing runs and writes its files. */
export async function sweep(
  { operands: [file], options }: Invocation,
  signal: AbortSignal,
): Promise<number> {
  const started = new Date();
  const secondsSinceStart = stopwatch();
  const experiment = await readExperiment(file, options);
  const folder = join(options.reports, experiment.name);
  const { path, target } = experiment.dataset;
  const textToKeep = experimentText(await Deno.readTextFile(file), options, relative(folder, path));
  const [dataset, kernels] = await Promise.all([readDataset(path, target), loadKernelsModule()]);
  const { runs } = await planRuns(experiment, dataset);
  await makeFolder(folder);

  const progress = new Progress(experiment.metric, runs);
  const secondsSinceLaunch = stopwatch();
  const display = new ProgressDisplay(() => progress.snapshot(secondsSinceLaunch()), options);
  const onProblem = (message: string) => display.print(message);
  const { workers, failFast } = options;
  try {
    const store = await Store.open(join(options.reports, "store"), { onProblem });
    const context = { kernels, dataset };
    const launcher = new LocalLauncher({ workers, trainer: experiment.trainer, context });
    const doing = { store, launcher, progress, failFast, signal, onProblem };
    const outcomes = await runSweep(runs, doing);
    const seconds = secondsSinceStart();
    display.close();
    if (progress.failed > 0) printAside(failureList(experiment.trainer, outcomes));
    if (outcomes.length < runs.length) {
      printAside(`Stopped at the first failure; ${keptRuns(progress)}`);
      return 1;
    }
    const results = await writeResults(
      { experiment, dataset, outcomes, progress, started, seconds, workers },
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

async function makeFolder(folder: string): Promise<void> {
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UserError(`Cannot make the folder ${folder}: ${reason}`, 1);
  }
}

/** Gives the seconds since now whenever it is asked. */
function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}
