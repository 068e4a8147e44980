import { runCount } from "../experiment/halving.ts";
import type { OpenedExperiment } from "../experiment/open_experiment.ts";
import { keptCode, textToKeep } from "../experiment/text_to_keep.ts";
import { makeResultFolder } from "../files/make_result_folder.ts";
import type { ReportInput } from "../report/report_input.ts";
import { copiesFolder } from "../results/own_copies.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import { RunSummaries } from "../results/run_summaries.ts";
import { stopwatch } from "../stopwatch.ts";
import { MODEL_SPACE, ModelSpace } from "../store/model_space.ts";
import { Store } from "../store/store.ts";
import { chooseLibrary, othersMayUseLibraries } from "../trainers/choose_library.ts";
import { isRepeatable } from "../trainers/is_repeatable.ts";
import type { KernelsChoice } from "../trainers/kernels_choice.ts";
import { givesAllMeasures } from "../trainers/own_measures.ts";
import type { SettledKernels } from "../trainers/settle_kernels.ts";
import { trainerContext } from "../trainers/trainer_context.ts";
import { beginStage } from "./begin_stage.ts";
import { Budget } from "./budget.ts";
import type { FinishedSweep } from "./build_manifest.ts";
import { checkMemory } from "./check_memory.ts";
import { checkSweep } from "./check_sweep.ts";
import { checkCopyNames } from "./copy_own_code.ts";
import { halve } from "./halve.ts";
import { indexSweeps } from "./index_sweeps.ts";
import type { Launcher } from "./launcher.ts";
import { LocalLauncher, type LocalLauncherOptions } from "./local/local_launcher.ts";
import { makeFolders } from "./make_folders.ts";
import { planRuns } from "./plan_runs.ts";
import type { PlannedRun } from "./planned_run.ts";
import type { Progress } from "./progress.ts";
import { replacedResults } from "./replaced_results.ts";
import { removeStaleLogs } from "./run_logs.ts";
import { runShape } from "./run_shape.ts";
import { runsToScore, scoreTestRows, workOfScores } from "./score_test_rows.ts";
import type { SlurmChoice } from "./slurm/make_slurm_launcher.ts";
import { testRowCount } from "./split_facts.ts";
import type { EventListener, Stage, Work } from "./sweep_events.ts";
import { stagesAhead } from "./stages_ahead.ts";
import { isLong, KeptStates } from "./stages/kept_states.ts";
import { keepModelIn } from "./stages/keep_model.ts";
import { sweepFolders } from "./sweep_folders.ts";
import { trainLooks } from "./train_looks.ts";
import { trainRuns } from "./train_runs.ts";
import { lastRung, soFar, type Unfinished, unwrittenReason } from "./unfinished.ts";
import { writeResults } from "./write_results.ts";

export interface SweepOptions {
  /** The folder that holds every sweep's folder, and the store. */
  readonly reports: string;
  /** How many runs are trained on this machine at once. */
  readonly workers: number;
  /** The time after which no run begins, in place of the experiment's budget. */
  readonly budgetSeconds?: number;
  /** Gives the seconds since the sweep began; those of a stopwatch if not given. */
  readonly secondsSinceStart?: () => number;
  /** The time limit of a run on this machine, instead of the limit of `RunLimits`. */
  readonly runTimeoutSeconds?: number;
  /** Which kernels train; those of WebAssembly if not given. */
  readonly kernels?: KernelsChoice;
  /** Given to train on a Slurm cluster. */
  readonly slurm?: SlurmChoice;
  /** The most bytes that the store's models and checkpoints may have; `MODEL_SPACE` if not given. */
  readonly modelSpace?: number;
  /** True: the models of the best cell are saved in the sweep's folder. */
  readonly savesModels?: boolean;
  /** True: the first run that fails ends the sweep. */
  readonly failFast?: boolean;
  /** The most runs that the experiment may have. */
  readonly maxRuns?: number;
  /** The command line, for the manifest. */
  readonly command?: readonly string[];
  /** Interrupts the sweep when it aborts: what has finished by then is kept. */
  readonly signal: AbortSignal;
  /** Called with what happens, as it happens. */
  readonly onEvent: EventListener;
  /** Called when all checks have passed, before the sweep makes its folder; may throw to end it. */
  readonly approve?: () => Promise<void>;
  /** Trains instead of this machine's workers. */
  readonly launcher?: Launcher;
}

/**
 * The runs of the stage that trained last, or of all looks so far: how many there were, and how they
 * ended.
 */
export type RunCounts = Pick<Progress, "total" | "known" | "trained" | "diverged" | "failed">;

/** How a sweep ended. */
export type SweepResult =
  /** Every run has a result or a failure, and the result files are in the folder. */
  | {
    readonly state: "complete";
    readonly counts: RunCounts;
    readonly folder: string;
    readonly results: ReportInput;
  }
  /**
   * Its budget was spent first: the folder has the results that there are, and says that they are not
   * all.
   */
  | {
    readonly state: "unfinished";
    readonly counts: RunCounts;
    readonly folder: string;
    readonly results: ReportInput;
  }
  /** Its budget was spent first, and no files were written, for this reason. */
  | { readonly state: "unwritten"; readonly counts: RunCounts; readonly reason: string }
  /** A run failed, and `failFast` or the rung's comparison needs all; no files were written. */
  | { readonly state: "stopped"; readonly counts: RunCounts; readonly stage: Stage }
  /** The runs without a result are Slurm's now. */
  | { readonly state: "detached"; readonly counts: RunCounts }
  /** The signal aborted. */
  | { readonly state: "interrupted"; readonly counts: RunCounts };

/**
 * Sweeps an experiment: trains the runs that the store does not know, scores the selected cells on
 * the test rows, and writes the result files.
 *
 *     experiment -> cells -> runs -> (store: known?) -> launcher -> store -> scores -> result files
 *
 * @throws {UserError} If the experiment has too many runs or does not suit its dataset, a folder
 * cannot be read or written, Slurm refuses, or a run cannot be scored.
 * @throws What `approve` throws.
 */
export async function sweepExperiment(
  opened: OpenedExperiment,
  options: SweepOptions,
): Promise<SweepResult> {
  const { experiment, dataset } = opened;
  const { workers, slurm, failFast = false, command, signal, onEvent } = options;
  const { secondsSinceStart = stopwatch() } = options;
  const started = new Date();
  checkSweep(experiment, options);
  const seconds = options.budgetSeconds ?? experiment.budgetSeconds;
  const budget = seconds === undefined
    ? undefined
    : new Budget({ seconds, workers, elapsed: secondsSinceStart });
  /** The native kernels that workers used, if any did. */
  let native: SettledKernels["native"];
  const { folders, keptText, store, local, clusters, onProblem, ...kept } = await openSweep(
    opened,
    {
      ...options,
      onKernels: (kernels) => native ??= kernels.native,
    },
  );
  onEvent({ kind: "planned", runs: runCount(experiment) });
  let planned: readonly PlannedRun[] | undefined;
  const allRuns = () => planned ??= planRuns(experiment, dataset).runs;
  const allKeys = () => allRuns().map(({ key }) => key);
  const replaced = await replacedResults(folders.results, allKeys);
  await removeStaleLogs(folders.logs, folders.results, allKeys);
  // What is not finished may replace nothing.
  if (replaced !== undefined && !budget) onProblem(replaced);

  const onMessage = (text: string) => onEvent({ kind: "run_message", text });
  const { models, checkpoints } = kept.space;
  const { trainers } = experiment;
  // Runs that are stopped go on in the next stage, if they may.
  const sharing = ({ kind }: Stage) =>
    new KeptStates({ checkpoints, trainers, keepsAll: kind === "rung" });
  const keepModel = keepModelIn(models);
  const settling = { leavesToOthers: true, failFast, signal, onProblem, onMessage, keepModel };
  const keepsModels = options.modelSpace !== 0;
  const begin = (stage: Stage, runs: readonly PlannedRun[], work?: Work) => {
    const ahead = stagesAhead(stage, runs, { experiment, dataset, keepsModels });
    return beginStage(stage, runs, { metric: experiment.metric, onEvent, work, ahead });
  };
  /** The stage that trained last, and the looks before it, which count as one with it. */
  let last: Stage = { kind: "runs" };
  let counted: Progress[] = [];
  /** The counts when the last rung or look was finished. */
  let finished = sumOf(counted);
  // Whole results are in the store, so memory need not hold them.
  const summaries = new RunSummaries();
  const resultsOf = async (keys: readonly string[]) =>
    (await store.getMany(keys)).map((record) => record?.result);
  const train = async (stage: Stage, runs: readonly PlannedRun[]) => {
    const begun = begin(stage, runs);
    last = stage;
    counted = [...stage.kind === "look" ? counted : [], begun.progress];
    const launcher = await clusters?.next() ?? local;
    const training = {
      ...{ ...settling, store, launcher, summaries, onEvent: begun.onEvent },
      ...{ sharing: sharing(stage), keepsModel: isLong, budget },
    };
    const outcomes = await trainRuns(runs, training);
    begun.end(outcomes);
    return outcomes;
  };
  const stopped = (): SweepResult => {
    return { state: "stopped", stage: last, counts: sumOf(counted) };
  };
  const write = async (
    results: Pick<FinishedSweep, "experiment" | "outcomes" | "tests" | "halving" | "unfinished">,
    progress: FinishedSweep["progress"],
  ) => {
    const seconds = secondsSinceStart();
    const tasks = await clusters?.reports();
    const written = await writeResults(
      {
        ...{ ...results, dataset, progress, started, seconds, workers, native, tasks, command },
        notKept: kept.space.notKept,
      },
      {
        folder: folders.results,
        experimentText: keptText,
        own: keptCode(experiment),
        resultsOf,
        signal,
      },
    );
    onEvent({ kind: "written", folder: folders.results });
    await indexSweeps(options.reports, { signal, onProblem });
    return written;
  };
  const writeUnfinished = async (budget: Budget, there: Unfinished): Promise<SweepResult> => {
    const counts = sumOf(counted);
    const reason = await unwrittenReason(folders.results, there);
    if (reason !== undefined) return { state: "unwritten", counts, reason };
    const { rung, ...results } = there;
    if (options.savesModels) onProblem("No models are saved before the sweep is complete");
    const why = { why: "budget" as const, budgetSeconds: budget.seconds };
    const written = await write(
      { ...results, tests: new Map(), unfinished: { ...why, ...rung !== undefined && { rung } } },
      rung === undefined && !experiment.looks ? counts : finished,
    );
    return { state: "unfinished", counts, folder: folders.results, results: written };
  };

  try {
    // Cells that do badly after few steps are stopped, if the experiment says so.
    const halved = await halve(experiment, dataset, async (runs, { step }) => {
      const outcomes = await train({ kind: "rung", step }, runs);
      const { failed } = sumOf(counted);
      if (failed > 0 || outcomes.length < runs.length) return undefined;
      finished = sumOf(counted);
      return outcomes;
    });
    if (halved.isUnfinished) {
      if (!budget || sumOf(counted).failed > 0) return stopped();
      return await writeUnfinished(budget, lastRung(halved));
    }

    // The other cells are trained to the end.
    const { experiment: finalists, rows: halving } = halved;
    /** Of looks, those of the ones that were finished. */
    let there: readonly KeptOutcome[] = [];
    const trainAll = async (stage: Stage, runs: readonly PlannedRun[]) => {
      const outcomes = await train(stage, runs);
      const isWhole = outcomes.length === runs.length;
      if (isWhole || stage.kind === "runs") there = [...there, ...outcomes];
      if (!isWhole) return undefined;
      finished = sumOf(counted);
      return { runs, outcomes };
    };
    // Those that are decided after few seeds get no more, if the experiment says so.
    const trained = finalists.looks
      ? await trainLooks(finalists, dataset, async (runs, { seeds, isLast }) => {
        const trained = await trainAll({ kind: "look", seeds }, runs);
        return isLast || sumOf(counted).failed === 0 ? trained?.outcomes : undefined;
      })
      : await trainAll(
        { kind: "runs" },
        finalists === experiment ? allRuns() : planRuns(finalists, dataset).runs,
      );
    const progress = sumOf(counted);
    if (!trained) {
      if (budget?.isSpent && !(failFast && progress.failed > 0)) {
        return await writeUnfinished(budget, soFar(halved, there));
      }
      const isDetached = slurm?.detach && progress.failed === 0;
      return isDetached ? { state: "detached", counts: progress } : stopped();
    }
    const { runs, outcomes } = trained;

    // The best of them and the baseline are scored on the test rows.
    const toScore = await runsToScore(runs, outcomes, { experiment: finalists, dataset });
    const scoring = begin(
      { kind: "scores" },
      toScore.map(({ run }) => run),
      workOfScores(toScore, models),
    );
    const scored = {
      ...dataset ?? NO_ROWS,
      testRows: testRowCount(experiment, dataset),
      unpredicted: new Set(
        experiment.trainers.all.filter(givesAllMeasures).map(({ name }) => name),
      ),
    };
    const tests = await scoreTestRows(toScore, {
      ...settling,
      store: await Store.openTests(folders.testStore, scored, { onProblem }),
      // A cluster's queue would take longer than these few runs.
      launcher: local,
      ...{ models, sharing: sharing({ kind: "scores" }), keepsModel: () => true },
      mayDiffer: ({ cell }) => !isRepeatable(experiment.trainers.named(cell.trainer)),
      hintIfOther: ({ cell }) => {
        const isProgram = experiment.trainers.named(cell.trainer).own?.kind === "program";
        return isProgram
          ? "if that is all right, its trainer needs deterministic: false"
          : undefined;
      },
      onEvent: scoring.onEvent,
    });
    scoring.end();
    await models.select(toScore.map(({ run }) => run.key));

    if (replaced !== undefined && budget) onProblem(replaced);
    const results = await write({ experiment: finalists, outcomes, tests, halving }, progress);
    if (options.savesModels) {
      const { saveBestModels } = await import("./save_best_models.ts");
      await saveBestModels(runs, outcomes, {
        ...{ experiment: finalists, dataset, folder: folders.results, signal, onProblem },
        ...kept,
      });
    }
    return { state: "complete", counts: progress, folder: folders.results, results };
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    return { state: "interrupted", counts: sumOf(counted) };
  }
}

/** The counts of stages whose runs count as one sweep's. */
function sumOf(stages: readonly Progress[]): RunCounts & Pick<Progress, "trainSeconds"> {
  const sum = (count: (stage: Progress) => number) =>
    stages.reduce((sum, stage) => sum + count(stage), 0);
  return {
    total: sum(({ total }) => total),
    known: sum(({ known }) => known),
    trained: sum(({ trained }) => trained),
    diverged: sum(({ diverged }) => diverged),
    failed: sum(({ failed }) => failed),
    trainSeconds: sum(({ trainSeconds }) => trainSeconds),
  };
}

/** What scores must fit where there is no dataset: there are none. */
const NO_ROWS = { task: "regression", classes: [], columns: 0 } as const;

/** Opens what a sweep reads and writes, and finds where it can train. */
async function openSweep(
  { experiment, dataset }: OpenedExperiment,
  options: SweepOptions & Pick<LocalLauncherOptions, "onKernels">,
) {
  const { reports, slurm, workers, runTimeoutSeconds, kernels = "wasm", onKernels, onEvent } =
    options;
  const onProblem = (text: string) => onEvent({ kind: "message", text });
  const folders = sweepFolders(reports, experiment.name);
  checkCopyNames(keptCode(experiment));
  const keptText = textToKeep(experiment, folders.results, copiesFolder);
  const { trainers, outline } = experiment;
  const used = trainers.select(outline.trainers);
  const library = await chooseLibrary(kernels, used, onProblem);
  const shape = runShape(experiment, dataset);
  // Other threads compile the kernels meanwhile.
  const [context] = await Promise.all([
    trainerContext(used, dataset),
    checkMemory(experiment, shape),
  ]);
  await makeFolders(folders.results, options);
  const store = await Store.open(folders.store, { onProblem });
  const logs = context.own?.some(({ kind }) => kind === "program") ? folders.logs : undefined;
  if (logs !== undefined) await makeResultFolder(logs, folders.results);
  const local = options.launcher ??
    new LocalLauncher({ workers, context, library, onKernels, runTimeoutSeconds, logs });
  const { modelSpace: bytes = MODEL_SPACE } = options;
  const space = new ModelSpace(folders.store, { bytes, onProblem });
  const common = { folders, keptText, store, local, space, context, library, onProblem };
  if (!slurm) return { ...common, clusters: undefined };
  const { SlurmLaunchers } = await import("./slurm/make_slurm_launcher.ts");
  const clusters = await SlurmLaunchers.open({
    ...{ experiment, experimentText: keptText, context, library, shape, store, folders },
    modelSpace: bytes,
    tasksMayUseLibraries: await othersMayUseLibraries(kernels, used),
    onMessage: onProblem,
    onTasks: (counts) => onEvent({ kind: "tasks", counts }),
  }, slurm);
  return { ...common, clusters };
}
