import type { Dataset } from "../../dataset/dataset.ts";
import { predictSameRuns, type SameRuns } from "../../experiment/cells/predict_same_runs.ts";
import { type Experiment, UNASKED_RUNS } from "../../experiment/experiment.ts";
import { runCount } from "../../experiment/halving.ts";
import type { OpenedExperiment } from "../../experiment/open_experiment.ts";
import { keptCode } from "../../experiment/text_to_keep.ts";
import { MODEL_SPACE, ModelSpace } from "../../store/model_space.ts";
import { Store } from "../../store/store.ts";
import { chooseLibrary } from "../../trainers/choose_library.ts";
import type { KernelsChoice } from "../../trainers/kernels_choice.ts";
import { createRunTrainer } from "../../trainers/run_trainer.ts";
import { withNative } from "../../trainers/settle_kernels.ts";
import type { RunShape, TrainerName } from "../../trainers/trainer.ts";
import { trainerContext } from "../../trainers/trainer_context.ts";
import { checkResultFolder } from "../check_folder_name.ts";
import { checkMemory } from "../check_memory.ts";
import { checkCopyNames } from "../copy_own_code.ts";
import { estimateSeconds, measureRate } from "../estimate_time.ts";
import { planRuns } from "../plan_runs.ts";
import type { PlannedRun } from "../planned_run.ts";
import { replacedResults } from "../replaced_results.ts";
import { runShape } from "../run_shape.ts";
import { KeptStates } from "../stages/kept_states.ts";
import { stagesAhead } from "../stages_ahead.ts";
import type { Work } from "../sweep_events.ts";
import { sweepFolders } from "../sweep_folders.ts";
import { findShortcut, type TimedShortcut } from "./find_shortcut.ts";
import { knownSearch } from "./known_search.ts";
import { surveyLooks } from "./survey_looks.ts";
import { surveyRungs } from "./survey_rungs.ts";
import { isOwn, type Survey, surveyEach, surveyMany } from "./survey_runs.ts";
import { surveySearch } from "./survey_search.ts";

export interface PlanOptions {
  /** The folder that holds every sweep's folder, and the store. */
  readonly reports: string;
  /** How many runs will be trained at once. */
  readonly workers: number;
  /** Which kernels will train; those of WebAssembly if not given. */
  readonly kernels?: KernelsChoice;
  /** The most bytes that models and checkpoints may have in the store; `MODEL_SPACE` if not given. */
  readonly modelSpace?: number;
  /** Called with warnings, in words for a user. */
  readonly onProblem: (message: string) => void;
}

/** What a sweep would do. */
export interface SweepPlan extends Survey {
  readonly experiment: Experiment;
  /** Absent if the experiment has none. */
  readonly dataset?: Dataset;
  readonly shape: RunShape;
  /** The number of runs; at most, where the looks to come decide. */
  readonly total: number;
  /** Cells that differ only in settings without effect. */
  readonly sameRuns: readonly SameRuns[];
  /** How long the missing runs are expected to take, but for those of `untimed`. */
  readonly seconds: number;
  /** The own trainers among the missing runs' of which no run shows how long one takes. */
  readonly untimed: readonly TrainerName[];
  /** The test scores that follow; absent if there are none, or all runs are known. */
  readonly scores?: PlannedScores;
  /** What would make them much shorter; absent if nothing would. */
  readonly shortcut?: TimedShortcut;
  readonly workers: number;
  /** The most bytes of models and checkpoints. */
  readonly modelSpace: number;
  /** What it replaces, in words; absent if nothing, and not found out for more than 10,000 runs. */
  readonly replaced?: string;
}

/** Test scores, as far as they can be known before the runs. */
export interface PlannedScores {
  /** How many there are; at most, where the results decide which cells are scored. */
  readonly runs: number;
  readonly isAtMost: boolean;
  /** How many of the runs have no model, and are trained once more: short runs, and own trainers'. */
  readonly trainedAgain: "all" | "some" | "none";
  /** How long they take; absent where no run shows it. */
  readonly seconds?: number;
}

/**
 * Plans an experiment's sweep: which runs are known, and how long the others take. Trains none of
 * them, but may train some steps of one to measure the time; writes nothing.
 *
 * @throws {UserError} If the dataset does not suit the experiment, a sweep could not keep its files, or
 * native kernels are required and cannot be used.
 */
export async function planSweep(
  { experiment: opened, dataset }: OpenedExperiment,
  { reports, workers, kernels = "wasm", modelSpace = MODEL_SPACE, onProblem }: PlanOptions,
): Promise<SweepPlan> {
  const shape = runShape(opened, dataset);
  checkCopyNames(keptCode(opened));
  await checkMemory(opened, shape);
  await checkResultFolder(reports, opened);
  const used = opened.trainers.select(opened.outline.trainers);
  const library = await chooseLibrary(kernels, used, onProblem);
  const folders = sweepFolders(reports, opened);
  const store = await Store.open(folders.store, { onProblem, readOnly: true });
  const search = opened.search && await knownSearch(opened, dataset, store);
  const experiment = search?.experiment ?? opened;
  const context = { experiment, dataset, shape };
  const most = runCount(experiment);
  const keys = (stopAt?: number) =>
    planRuns(experiment, dataset, stopAt).runs.map(({ key }) => key);
  const replaced = most > UNASKED_RUNS ? undefined : await replacedResults(folders.results, keys);
  const space = new ModelSpace(folders.store, { bytes: modelSpace, onProblem });
  const states = new KeptStates({ checkpoints: space.checkpoints, trainers: experiment.trainers });
  const stepOf = (run: PlannedRun) => states.latest(run)?.step ?? 0;
  const survey = search && !experiment.searched?.isOver
    ? surveySearch(context, search, stepOf)
    : experiment.halving
    ? await surveyRungs(context, experiment.halving, store, stepOf)
    : most > UNASKED_RUNS
    ? await surveyMany(context, store)
    : experiment.looks
    ? await surveyLooks(context, store, stepOf)
    : await surveyEach(context, store, stepOf);

  const { missing, certain, firstMissing, samples, ownPaces } = survey;
  // Of cells that are decided already, it is known that they get no more seeds.
  const total = certain ? certain.total + missing - certain.missing : most;
  const { trainers } = experiment;
  const measure = async () => {
    if (!firstMissing || isOwn(trainers, firstMissing.task.trainer)) return 0;
    const context = await trainerContext([trainers.named(firstMissing.task.trainer)], dataset);
    using trainer = createRunTrainer(withNative(context, library, onProblem));
    return await measureRate(trainer, firstMissing, { trainers, shape });
  };
  const secondsPerFlop = survey.secondsPerFlop ?? await measure();
  const paceOf = (name: TrainerName) => {
    return isOwn(trainers, name) ? ownPaces.get(name) : secondsPerFlop;
  };
  const timed = samples.flatMap((run) => {
    const pace = paceOf(run.cell.trainer);
    // Work of one second.
    return pace === undefined ? [] : [{ cell: run.cell, flops: run.flops * pace }];
  });
  const others = samples.map(({ cell }) => cell.trainer).filter((name) =>
    paceOf(name) === undefined
  );
  const untimed = trainers.select(others).map(({ name }) => name);
  const each = missing / Math.max(samples.length, 1);
  const share = survey.steps?.workShare ?? 1;
  const seconds = share * estimateSeconds(timed, 1, workers, each);
  const shortcut = findShortcut(
    { samples: timed },
    { trainers, shape },
    { secondsPerFlop: 1, workers, each },
  );
  const sameRuns = predictSameRuns(experiment, shape);
  const scores = scoresOf(context, samples, { modelSpace, workers, paceOf });
  const found = { total, sameRuns, seconds, untimed, scores, shortcut, replaced };
  return { ...context, ...survey, ...found, workers, modelSpace };
}

/** The test scores that follow the missing runs. */
function scoresOf(
  { experiment, dataset }: Pick<SweepPlan, "experiment" | "dataset">,
  missing: Survey["samples"],
  { modelSpace, workers, paceOf }: {
    readonly modelSpace: number;
    readonly workers: number;
    readonly paceOf: (name: TrainerName) => number | undefined;
  },
): PlannedScores | undefined {
  if (missing.length === 0) return undefined;
  const [kept, none] = [modelSpace > 0, false].map((keepsModels) =>
    stagesAhead({ kind: "runs" }, missing, { experiment, dataset, keepsModels })
      .find(({ kind }) => kind === "scores")
  );
  if (!kept || !none) return undefined;
  const sumOf = (work: Work) => work.values().reduce((sum, flops) => sum + flops, 0);
  const [left, whole] = [sumOf(kept.work), sumOf(none.work)];
  const times = [...kept.work].filter(([, flops]) => flops > 0)
    .map(([trainer, flops]) => flops * (paceOf(trainer) ?? NaN));
  const seconds = times.reduce((sum, next) => sum + next, 0) / workers;
  return {
    runs: kept.runs,
    isAtMost: kept.isAtMost,
    trainedAgain: left === 0 ? "none" : left < whole ? "some" : "all",
    ...!Number.isNaN(seconds) && { seconds },
  };
}
