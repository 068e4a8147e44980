import type { Dataset } from "../dataset/dataset.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { runName } from "../experiment/replicates.ts";
import { kernelsChecksum } from "../kernels/kernels_checksum.ts";
import type { ManifestUnfinished } from "../results/manifest.ts";
import { RESULT_TABLES } from "../results/result_files.ts";
import type { HalvingRow } from "../results/run_row.ts";
import { stopwatch } from "../stopwatch.ts";
import { beginStage, type BegunStage } from "../sweep/begin_stage.ts";
import { halve } from "../sweep/halve.ts";
import type { Launcher, LaunchOptions } from "../sweep/launcher.ts";
import { LocalLauncher } from "../sweep/local/local_launcher.ts";
import type { PlannedRun } from "../sweep/planned_run.ts";
import { Progress } from "../sweep/progress.ts";
import { stagesAhead } from "../sweep/stages_ahead.ts";
import type { EventListener, Stage } from "../sweep/sweep_events.ts";
import { trainRuns } from "../sweep/train_runs.ts";
import { chooseLibrary } from "../trainers/choose_library.ts";
import { isRepeatable } from "../trainers/is_repeatable.ts";
import type { KernelsChoice } from "../trainers/kernels_choice.ts";
import type { Trainer } from "../trainers/trainer.ts";
import { trainerContext } from "../trainers/trainer_context.ts";
import { UserError } from "../user_error.ts";
import { type Check, passes } from "./check.ts";
import { checkFiles } from "./check_files.ts";
import { changedCircumstances, circumstancesHere, circumstancesOf } from "./circumstances.ts";
import { drawSample } from "./draw_sample.ts";
import { uncheckedMembers } from "./expected_manifest.ts";
import { readImportFolder } from "./import_folder.ts";
import { planVerification, type VerificationPlan } from "./plan_verification.ts";
import { startedElsewhere } from "./started_elsewhere.ts";
import { hasResult, type StatedRun } from "./stated_runs.ts";
import { readSweepFolder, type SweepFolder } from "./sweep_folder.ts";
import { type ImportVerdict, verifyImport } from "./verify_import.ts";
import { type Verification, verifySweep } from "./verify_sweep.ts";

export interface VerifyOptions {
  /** The dataset's file, if it is not where the experiment says. */
  readonly dataset?: string;
  /** The file of the test rows, if it is not where the experiment says. */
  readonly test?: string;
  /** How many runs to compute again, and the seed that draws them; all if not given. */
  readonly sample?: { readonly size: number; readonly seed: number };
  /** How many runs are trained at once. */
  readonly workers: number;
  /** Which kernels train; those of WebAssembly if not given. */
  readonly kernels?: KernelsChoice;
  /** Interrupts the verification when it aborts. */
  readonly signal: AbortSignal;
  /** Receives events; a run that differs from the folder counts as failed. */
  readonly onEvent: EventListener;
  /** Trains instead of this machine's workers. */
  readonly launcher?: Launcher;
  /** Called before runs are trained, with the trainers of those; it throws if they must not be. */
  readonly allow?: (trainers: readonly Trainer[]) => Promise<void>;
}

/** What a verification found. */
export interface Verdict extends Verification {
  readonly folder: string;
  /** Whether all checks passed. */
  readonly isRight: boolean;
  /** Number of runs in the sweep, computed or not. */
  readonly total: number;
  /** How many of these failed in the sweep: the folder claims nothing of them to check. */
  readonly failed: number;
  /** How many others are of programs that the experiment says are not deterministic. */
  readonly unrepeatable: number;
  /** What the folder says of runs that are missing; absent if it is complete. */
  readonly unfinished?: ManifestUnfinished;
  /** Members of manifest.json that could not be checked. */
  readonly uncheckedMembers: readonly string[];
  /** SHA-256 of runs.csv. */
  readonly checksum: string;
  readonly seconds: number;
  /** Changes since the sweep that can affect runs, in words; empty if all runs pass. */
  readonly changes: readonly string[];
}

/** How a verification ended. */
export type VerifyResult =
  | { readonly state: "complete"; readonly verdict: Verdict }
  /** Its runs were imported, so that nothing can compute them again. */
  | { readonly state: "imported"; readonly verdict: ImportVerdict }
  /** The signal aborted; of `total` runs, `done` had been computed. */
  | { readonly state: "interrupted"; readonly done: number; readonly total: number };

/**
 * Computes the runs of a sweep's folder again, and compares them and the files with the folder. Of
 * imported runs, only files and statistics are checked.
 *
 * @throws {UserError} If the folder does not hold a sweep, another version of a trainer made it, its
 * dataset is missing, a run needs more memory than kernels can have, or a run that decides which
 * cells go on cannot be trained.
 */
export async function verifyFolder(path: string, options: VerifyOptions): Promise<VerifyResult> {
  const { signal, onEvent } = options;
  const secondsSinceStart = stopwatch();
  const imported = await readImportFolder(path);
  if (imported) {
    const verdict = await verifyImport(imported);
    await checkUnchanged(imported);
    return { state: "imported", verdict };
  }
  const folder = await readSweepFolder(path);
  const verdictOn = async (
    { runs, files }: Verification,
    { total, unrepeatable }: Pick<Verdict, "total" | "unrepeatable">,
  ): Promise<Verdict> => {
    const areRunsRight = runs.every(passes);
    return {
      ...{ folder: path, runs, files, total, unrepeatable },
      isRight: areRunsRight && files.every(passes),
      ...folder.manifest.unfinished && { unfinished: folder.manifest.unfinished },
      failed: folder.runs.filter((row) => !hasResult({ row })).length,
      uncheckedMembers: [...uncheckedMembers(folder.manifest), ...folder.unknownMembers],
      checksum: (await folder.file(RESULT_TABLES.runs.name))?.checksum ?? "",
      seconds: secondsSinceStart(),
      changes: areRunsRight ? [] : await changesSince(folder),
    };
  };
  const plan = await planVerification(folder, options);
  if ("misfit" in plan) {
    const { misfit } = plan;
    const known = new Set(misfit.findings.map(({ what }) => what));
    const isSaid = ({ subject, findings }: Check) =>
      subject === misfit.subject && findings.every(({ what }) => known.has(what));
    const failed = (await checkFiles(folder)).filter(fails);
    const files = [misfit, ...failed.filter((check) => !isSaid(check))];
    const counts = { total: folder.runs.length, unrepeatable: 0 };
    const verdict = await verdictOn({ runs: [], files }, counts);
    await checkUnchanged(folder);
    return { state: "complete", verdict };
  }
  const { metric } = plan.experiment;
  let progress = new Progress(0);
  const begin = (stage: Stage, runs: readonly PlannedRun[]) => {
    const { whole: experiment, dataset } = plan;
    // A run is scored as it is trained.
    const ahead = stagesAhead(stage, runs, { experiment, dataset, keepsModels: false })
      .filter(({ kind }) => kind !== "scores");
    const begun = beginStage(stage, runs, { metric, onEvent, ahead });
    progress = begun.progress;
    return begun;
  };
  try {
    const verification = await computeAgain(folder, plan, { ...options, begin });
    const total = plan.stated.length + plan.strays.length;
    const unrepeatable = plan.stated.filter(hasResult).length - repeatable(plan).length;
    const verdict = await verdictOn(verification, { total, unrepeatable });
    await checkUnchanged(folder);
    return { state: "complete", verdict };
  } catch (error) {
    if (!signal.aborted || error !== signal.reason) throw error;
    const { trained, failed, total } = progress;
    return { state: "interrupted", done: trained + failed, total };
  }
}

/** @throws {UserError} If a sweep has written other files meanwhile; the exit code is 1. */
async function checkUnchanged(
  folder: Pick<SweepFolder, "folder" | "hasChanged">,
): Promise<void> {
  if (!await folder.hasChanged()) return;
  const message = `Cannot verify ${folder.folder}: its files were replaced meanwhile`;
  throw new UserError(
    { message, hint: "a sweep may be running there; verify when it has ended" },
    1,
  );
}

function fails(check: Check): boolean {
  return !passes(check);
}

interface ComputeOptions extends VerifyOptions {
  readonly begin: (stage: Stage, runs: readonly PlannedRun[]) => BegunStage;
}

/** The runs with a result, but for those of programs that may give another one each time. */
function repeatable({ stated, whole }: VerificationPlan): StatedRun[] {
  return stated.filter(hasResult).filter(({ run }) =>
    isRepeatable(whole.trainers.named(run.cell.trainer))
  );
}

/** Computes all runs or a sample, and compares them and the files with the folder. */
async function computeAgain(
  folder: SweepFolder,
  plan: VerificationPlan,
  options: ComputeOptions,
): Promise<Verification> {
  const { experiment, whole, dataset, stated, strays } = plan;
  const { sample, workers, kernels = "wasm", signal, onEvent, begin } = options;
  const onProblem = (text: string) => onEvent({ kind: "message", text });
  const onMessage = (text: string) => onEvent({ kind: "run_message", text });
  const candidates = repeatable(plan);
  const chosen = sample
    ? drawSample(candidates.length, sample.size, sample.seed).map((index) => candidates[index])
    : candidates;
  // With successive halving, runs of every cell are trained again.
  const names = whole.halving
    ? whole.outline.trainers
    : new Set(candidates.map(({ run }) => run.cell.trainer));
  const trainers = whole.trainers.select(names);
  await options.allow?.(trainers);
  const library = await chooseLibrary(kernels, trainers, onProblem);
  const { own, ...rest } = await trainerContext(trainers, dataset);
  await using elsewhere = await startedElsewhere(own ?? []);
  const context = { ...rest, ...own && { own: elsewhere.codes } };
  const launcher = options.launcher ?? new LocalLauncher({ workers, context, library });
  const launching = { launcher, signal, onProblem, onMessage };
  // A sample is not enough to decide which cells go on.
  const halving = chosen.length < candidates.length
    ? folder.halving
    : await halveAgain(whole, dataset, {
      ...launching,
      begin,
      before: folder.manifest.unfinished?.rung,
    });
  const begun = begin({ kind: "runs" }, chosen.map(({ run }) => run));
  const verification = await verifySweep({
    ...launching,
    ...{ folder, experiment, dataset, stated, chosen, halving },
    onEvent: begun.onEvent,
  });
  begun.end();
  return { ...verification, runs: [...verification.runs, ...strays] };
}

/**
 * Computes again which cells an experiment stops early; undefined if it stops none.
 *
 * @param options.before The steps of the rung before which to stop; all rungs if not given.
 * @throws {UserError} If a run cannot be trained; the exit code is 1.
 */
async function halveAgain(
  experiment: Experiment,
  dataset: Dataset | undefined,
  { begin, before, ...launching }:
    & Pick<ComputeOptions, "begin">
    & Omit<LaunchOptions, "admit" | "onRunEnd">
    & { readonly launcher: Launcher; readonly before?: number },
): Promise<readonly HalvingRow[] | undefined> {
  const { rows } = await halve(experiment, dataset, async (runs, { step }) => {
    if (step === before) return undefined;
    const begun = begin({ kind: "rung", step }, runs);
    const settling = { ...launching, failFast: true, leavesToOthers: false };
    const outcomes = await trainRuns(runs, { ...settling, onEvent: begun.onEvent });
    begun.end(outcomes);
    const failed = outcomes.find(({ failure }) => failure !== undefined);
    if (!failed) return outcomes;
    const { cell, failure } = failed;
    throw new UserError(`Cannot train ${runName(cell.name, failed)}: ${failure}`, 1);
  });
  return rows;
}

/** Lists the changes that can be the reason why runs differ. */
async function changesSince({ manifest }: SweepFolder): Promise<string[]> {
  const here = circumstancesHere(await kernelsChecksum());
  return changedCircumstances(circumstancesOf(manifest), here);
}
