import type { Experiment } from "../experiment/experiment.ts";
import { runCount } from "../experiment/halving.ts";
import type { OpenedExperiment } from "../experiment/open_experiment.ts";
import { keptCode, textToKeep } from "../experiment/text_to_keep.ts";
import { makeResultFolder } from "../files/make_result_folder.ts";
import type { SweepInput } from "../report/report_input.ts";
import { checkCitationFiles } from "../results/citation_files.ts";
import { copiesFolder } from "../results/own_copies.ts";
import { RunSummaries } from "../results/run_summaries.ts";
import { stopwatch } from "../stopwatch.ts";
import { MODEL_SPACE, ModelSpace } from "../store/model_space.ts";
import { Store } from "../store/store.ts";
import { useStore } from "../store/store_use.ts";
import { chooseLibrary, othersMayUseLibraries } from "../trainers/choose_library.ts";
import { isRepeatable } from "../trainers/is_repeatable.ts";
import type { KernelsChoice } from "../trainers/kernels_choice.ts";
import type { SettledKernels } from "../trainers/settle_kernels.ts";
import { trainerContext } from "../trainers/trainer_context.ts";
import { beginStage } from "./begin_stage.ts";
import { Budget } from "./budget.ts";
import { checkMemory } from "./check_memory.ts";
import { checkSweep } from "./check_sweep.ts";
import { checkCopyNames } from "./copy_own_code.ts";
import { indexSweeps } from "./index_sweeps.ts";
import type { Launcher } from "./launcher.ts";
import { LiveReport } from "./live/live_report.ts";
import { nothingToReport } from "./live/nothing_to_report.ts";
import { type RunCounts, SoFar } from "./live/so_far.ts";
import type { PaceOptions } from "./live/writing_pace.ts";
import { LocalLauncher, type LocalLauncherOptions } from "./local/local_launcher.ts";
import { makeFolders } from "./make_folders.ts";
import { openTestStore } from "./open_test_store.ts";
import { knownSearch } from "./plan/known_search.ts";
import { planRuns } from "./plan_runs.ts";
import type { PlannedRun } from "./planned_run.ts";
import { replacedResults } from "./replaced_results.ts";
import { removeStaleLogs } from "./run_logs.ts";
import { runShape } from "./run_shape.ts";
import { runsToScore, scoreTestRows, workOfScores } from "./score_test_rows.ts";
import type { SlurmChoice } from "./slurm/make_slurm_launcher.ts";
import type { EventListener, Stage, SweepEvent, Work } from "./sweep_events.ts";
import { stagesAhead } from "./stages_ahead.ts";
import { SweepProgress } from "./sweep_progress.ts";
import { isLong, KeptStates } from "./stages/kept_states.ts";
import { keepModelIn } from "./stages/keep_model.ts";
import { sweepFolders } from "./sweep_folders.ts";
import { trainRuns } from "./train_runs.ts";
import { type TrainStage, trainStages } from "./train_stages.ts";
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
  /** True: the models of the cell that it advises to use are saved in the sweep's folder. */
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
  /** How often what there is so far is written. */
  readonly pace?: PaceOptions;
}

/** How a sweep ended. */
export type SweepResult =
  /** Every run has a result or a failure, and the result files are in the folder. */
  | {
    readonly state: "complete";
    readonly counts: RunCounts;
    readonly folder: string;
    readonly results: SweepInput;
  }
  /**
   * Its budget was spent first: the folder has the results that there are, and says that they are not
   * all.
   */
  | {
    readonly state: "unfinished";
    readonly counts: RunCounts;
    readonly folder: string;
    readonly results: SweepInput;
  }
  /** Its budget was spent first, and no files were written, for this reason. */
  | { readonly state: "unwritten"; readonly counts: RunCounts; readonly reason: string }
  /**
   * A run failed, and `failFast`, or the comparison of a rung or a batch, needs all; the folder has the results that
   * there are, if there are any.
   */
  | {
    readonly state: "stopped";
    readonly counts: RunCounts;
    readonly stage: Stage;
    readonly folder?: string;
  }
  /** The runs without a result are Slurm's now. */
  | { readonly state: "detached"; readonly counts: RunCounts }
  /** The signal aborted; the folder has the results that there are, if there are any. */
  | { readonly state: "interrupted"; readonly counts: RunCounts; readonly folder?: string };

/**
 * Sweeps an experiment: trains the runs that the store does not know, scores the selected cells on
 * the test rows, and writes the result files.
 *
 *     experiment -> cells -> runs -> (store: known?) -> launcher -> store -> scores -> result files
 *
 * @throws {UserError} If the experiment has too many runs or does not suit its dataset, a folder
 * cannot be read or written, somebody has written how to cite the sweep, Slurm refuses, or a run cannot
 * be scored.
 * @throws What `approve` throws.
 */
export async function sweepExperiment(
  opened: OpenedExperiment,
  options: SweepOptions,
): Promise<SweepResult> {
  const { experiment, dataset } = opened;
  const { workers, slurm, failFast = false, command, signal } = options;
  const { secondsSinceStart = stopwatch() } = options;
  const started = new Date();
  checkSweep(experiment, options);
  const seconds = options.budgetSeconds ?? experiment.budgetSeconds;
  const budget = seconds === undefined
    ? undefined
    : new Budget({ seconds, workers, elapsed: secondsSinceStart });
  const progress = new SweepProgress({
    ...!slurm && { workers },
    ...seconds !== undefined && { budgetSeconds: seconds },
  });
  const onEvent = (event: SweepEvent) => {
    progress.add(event, secondsSinceStart());
    options.onEvent(event);
  };
  /** The native kernels that workers used, if any did. */
  let native: SettledKernels["native"];
  const { folders, keptText, store, local, clusters, onProblem, claims, ...kept } = await openSweep(
    opened,
    {
      ...options,
      onKernels: (kernels) => native ??= kernels.native,
    },
  );
  using _claims = claims;
  onEvent({ kind: "planned", runs: runCount(experiment) });
  let planned: readonly PlannedRun[] | undefined;
  const allRuns = () => planned ??= planRuns(experiment, dataset).runs;
  const search = experiment.search && await knownSearch(experiment, dataset, store);
  const knownRuns = (stopAt?: number) =>
    search || stopAt !== undefined
      ? planRuns(search?.experiment ?? experiment, dataset, stopAt).runs
      : allRuns();
  const allKeys = (stopAt?: number) => knownRuns(stopAt).map(({ key }) => key);
  if (experiment.cite) await checkCitationFiles(folders.results);
  const replaced = await replacedResults(folders.results, allKeys);
  await removeStaleLogs(folders.logs, folders.results, allKeys);
  // A sweep that its budget ends replaces no complete results.
  if (replaced !== undefined && !budget) onProblem(replaced);

  const onMessage = (text: string) => onEvent({ kind: "run_message", text });
  const { models, checkpoints } = kept.space;
  const { trainers } = experiment;
  // Runs that are stopped go on in the next stage, if they may.
  const sharing = (stage: Stage) =>
    new KeptStates({ checkpoints, trainers, keepsAll: "step" in stage });
  const keepModel = keepModelIn(models);
  const makeRoom = () => live.makeRoom();
  const settling = {
    ...{ leavesToOthers: true, failFast, signal, onProblem, onMessage, keepModel, makeRoom },
  };
  const soFar = new SoFar(experiment);
  const keepsModels = options.modelSpace !== 0;
  const begin = (stage: Stage, runs: readonly PlannedRun[], work?: Work) => {
    const ahead = stagesAhead(stage, runs, { experiment, dataset, keepsModels });
    const begun = beginStage(stage, runs, { metric: experiment.metric, onEvent, work, ahead });
    if (stage.kind !== "scores") soFar.begin(begun);
    return begun;
  };
  // Whole results are in the store, so memory need not hold them.
  const summaries = new RunSummaries();
  const train: TrainStage = async (stage, runs) => {
    const begun = begin(stage, runs);
    const launcher = await clusters?.next() ?? local;
    const outcomes = await trainRuns(runs, {
      ...{ ...settling, store, launcher, summaries, onEvent: begun.onEvent },
      ...{ sharing: sharing(stage), keepsModel: isLong, budget },
      // What a rung or a look decides, it decides when it is finished.
      ended: countsAsItEnds(stage, experiment) ? soFar.ended : undefined,
    });
    begun.end(outcomes);
    return outcomes;
  };
  const resultsOf = async (keys: readonly string[]) =>
    (await store.getMany(keys)).map((record) => record?.result);
  const own = keptCode(experiment);
  const circumstances = () => {
    const seconds = secondsSinceStart();
    return { dataset, started, seconds, workers, native, command, notKept: kept.space.notKept };
  };
  using live = new LiveReport({
    ...{ reports: options.reports, folder: folders.results, soFar, onProblem },
    ...{ runs: runCount(experiment), elapsed: secondsSinceStart, pace: options.pace },
    secondsLeft: () => progress.snapshot(secondsSinceStart())?.secondsLeft,
    write: async ({ unscored, rung, ...results }, why, { folder, ...writing }) => {
      const unfinished = {
        ...why,
        ...rung !== undefined && { rung },
        ...unscored && { unscored },
      };
      const sweep = { ...results, ...circumstances(), tests: new Map(), unfinished };
      const experimentText = textToKeep(experiment, folder, copiesFolder);
      return await writeResults(sweep, { folder, experimentText, own, resultsOf, ...writing });
    },
  });

  try {
    const trained = await trainStages(opened, soFar, { train, allRuns });
    const { counts, stage } = soFar;
    if (!trained) {
      const decides = stage.kind === "rung" || stage.kind === "batch";
      const stopsAtFailure = counts.failed > 0 && (failFast || decides);
      if (budget?.isSpent && !stopsAtFailure) {
        await live.stop();
        const spent = { why: "budget" as const, budgetSeconds: budget.seconds };
        const written = await live.write(spent, signal);
        const reason = nothingToReport(experiment);
        if (!written) return { state: "unwritten", counts, reason };
        if (options.savesModels) onProblem("No models are saved before the sweep is complete");
        onEvent({ kind: "written", folder: written.folder });
        return { state: "unfinished", counts, ...written };
      }
      if (slurm?.detach && counts.failed === 0) return { state: "detached", counts };
      return { state: "stopped", stage, counts, folder: await live.writeLast("failed") };
    }
    const { runs, outcomes, halving } = trained;

    // The best of them and the baseline are scored on the test rows.
    const finalists = trained.experiment;
    const toScore = await runsToScore(runs, outcomes, { experiment: finalists, dataset });
    const scoring = begin(
      { kind: "scores" },
      toScore.map(({ run }) => run),
      workOfScores(toScore, models),
    );
    const tests = await scoreTestRows(toScore, {
      ...settling,
      store: await openTestStore(folders.testStore, opened, { onProblem }),
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

    await live.stop();
    if (replaced !== undefined && budget) onProblem(replaced);
    const tasks = await clusters?.reports();
    const results = await writeResults(
      {
        ...{ experiment: finalists, outcomes, tests, halving, progress: counts, tasks },
        ...circumstances(),
      },
      { folder: folders.results, experimentText: keptText, own, resultsOf, signal },
    );
    await live.replace();
    onEvent({ kind: "written", folder: folders.results });
    await indexSweeps(options.reports, { signal, onProblem });
    if (options.savesModels) {
      const { saveAdvisedModels } = await import("./save_advised_models.ts");
      await saveAdvisedModels(runs, outcomes, {
        answer: results.manifest.answer,
        ...{ experiment: finalists, dataset, folder: folders.results, signal, onProblem },
        ...kept,
      });
    }
    return { state: "complete", counts, folder: folders.results, results };
  } catch (error) {
    if (signal.aborted && error === signal.reason) {
      const folder = await live.writeLast("interrupted");
      return { state: "interrupted", counts: soFar.counts, folder };
    }
    if (live.hasWritten) await live.writeLast("failed");
    throw error;
  }
}

/** Whether each run of a stage is part of the results as soon as it has ended. */
function countsAsItEnds(stage: Stage, { looks }: Experiment): boolean {
  if (stage.kind === "runs") return true;
  return stage.kind === "batch" && stage.batch === 1 && stage.step === undefined && !looks;
}

/** Opens what a sweep reads and writes, and finds where it can train. */
async function openSweep(
  { experiment, dataset }: OpenedExperiment,
  options: SweepOptions & Pick<LocalLauncherOptions, "onKernels">,
) {
  const { reports, slurm, workers, runTimeoutSeconds, kernels = "wasm", onKernels } = options;
  const { signal, onEvent } = options;
  const onProblem = (text: string) => onEvent({ kind: "message", text });
  const folders = sweepFolders(reports, experiment);
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
  await makeFolders(experiment, options);
  using claims = new DisposableStack();
  claims.use(await useStore(folders.store, { signal, onWait: onProblem }));
  const store = await Store.open(folders.store, { onProblem });
  const logs = context.own?.some(({ kind }) => kind === "program") ? folders.logs : undefined;
  if (logs !== undefined) await makeResultFolder(logs, folders.results);
  const local = options.launcher ??
    new LocalLauncher({ workers, context, library, onKernels, runTimeoutSeconds, logs });
  const { modelSpace: bytes = MODEL_SPACE } = options;
  const space = new ModelSpace(folders.store, { bytes, onProblem });
  const common = { folders, keptText, store, local, space, context, library, onProblem };
  if (!slurm) return { ...common, clusters: undefined, claims: claims.move() };
  const { SlurmLaunchers } = await import("./slurm/make_slurm_launcher.ts");
  const clusters = await SlurmLaunchers.open({
    ...{ experiment, experimentText: keptText, context, library, shape, store, folders },
    modelSpace: bytes,
    tasksMayUseLibraries: await othersMayUseLibraries(kernels, used),
    onMessage: onProblem,
    onTasks: (counts) => onEvent({ kind: "tasks", counts }),
  }, slurm);
  return { ...common, clusters, claims: claims.move() };
}
