import { join } from "node:path";
import { runCount } from "../../experiment/halving.ts";
import type { OpenedExperiment } from "../../experiment/open_experiment.ts";
import { keptCode, textToKeep } from "../../experiment/text_to_keep.ts";
import { FileClaim } from "../../files/file_claim.ts";
import { makeResultFolder } from "../../files/make_result_folder.ts";
import type { SweepInput } from "../../report/report_input.ts";
import { copiesFolder } from "../../results/own_copies.ts";
import { RunSummaries } from "../../results/run_summaries.ts";
import { stopwatch } from "../../stopwatch.ts";
import { Store } from "../../store/store.ts";
import type { TestResult } from "../../trainers/run_result.ts";
import { UserError } from "../../user_error.ts";
import { beginStage } from "../begin_stage.ts";
import { checkResultFolder } from "../check_folder_name.ts";
import { checkCopyNames } from "../copy_own_code.ts";
import { isScoreWhole } from "../known_records.ts";
import { indexSweeps } from "../index_sweeps.ts";
import type { Launcher } from "../launcher.ts";
import { openTestStore } from "../open_test_store.ts";
import { planRuns } from "../plan_runs.ts";
import { replacedResults } from "../replaced_results.ts";
import { runsToScore } from "../score_test_rows.ts";
import { type SweepFolders, sweepFolders } from "../sweep_folders.ts";
import { trainRuns } from "../train_runs.ts";
import { type TrainedStages, trainStages } from "../train_stages.ts";
import { writeResults } from "../write_results.ts";
import { nothingToReport } from "./nothing_to_report.ts";
import { SoFar } from "./so_far.ts";
import { LIVE_CLAIM, removeUnfinished, unfinishedFolder } from "./unfinished_folder.ts";
import { WritingPace } from "./writing_pace.ts";

export interface DrawOptions {
  /** The folder that holds every sweep's folder, and the store. */
  readonly reports: string;
  /** The command line, for the manifest. */
  readonly command?: readonly string[];
  /** Ends the work when it aborts. */
  readonly signal: AbortSignal;
  /** Called with what a user has to know, in words. */
  readonly onProblem: (message: string) => void;
}

/** Ends no run. */
const NO_LAUNCHER: Launcher = { async *launch() {} };

/**
 * Writes the result files of an experiment, as far as the store has its runs: complete results if all
 * runs have ended and were scored, and otherwise unfinished ones. It trains and scores nothing, so a
 * sweep of the experiment can run at the same time, here or elsewhere.
 *
 * @returns The folder that it writes to, and what it writes.
 * @throws {UserError} If no run has ended, or a file cannot be read or written; the exit code is 1.
 * @throws The signal's reason, if it aborted.
 */
export async function drawExperiment(
  opened: OpenedExperiment,
  { reports, command, signal, onProblem }: DrawOptions,
): Promise<{ readonly folder: string; readonly results: SweepInput }> {
  const { experiment, dataset } = opened;
  const [started, elapsed] = [new Date(), stopwatch()];
  const own = keptCode(experiment);
  checkCopyNames(own);
  const folders = sweepFolders(reports, experiment);
  await checkResultFolder(reports, experiment);
  const store = await Store.open(folders.store, { onProblem, readOnly: true });
  const soFar = new SoFar(experiment);
  const summaries = new RunSummaries();
  const settling = { failFast: false, leavesToOthers: false, signal, onProblem: () => {} };
  const allRuns = (stopAt?: number) => planRuns(experiment, dataset, stopAt).runs;
  const trained = await trainStages(opened, soFar, {
    allRuns,
    train: async (stage, runs) => {
      const begun = beginStage(stage, runs, { metric: experiment.metric, onEvent: () => {} });
      soFar.begin(begun);
      const ended = stage.kind === "runs" ? soFar.ended : undefined;
      const { onEvent } = begun;
      const launching = { ...settling, store, launcher: NO_LAUNCHER };
      return await trainRuns(runs, { ...launching, summaries, ended, onEvent });
    },
  });
  const partial = soFar.results;
  if (partial.outcomes.length === 0) {
    throw new UserError(`Cannot draw ${experiment.file}: ${nothingToReport(experiment)}`, 1);
  }
  const tests = trained && await knownScores(trained, opened, folders, onProblem);

  await makeResultFolder(reports);
  await makeResultFolder(folders.results, reports);
  const folder = tests ? folders.results : await unfinishedFolder(folders.results);
  await makeResultFolder(folder, reports);
  if (trained && tests) {
    const runs = (stopAt?: number) => experiment.search ? trained.runs : allRuns(stopAt);
    const replaced = await replacedResults(folder, (stopAt) => runs(stopAt).map(({ key }) => key));
    if (replaced !== undefined) onProblem(replaced);
  }
  const claim = FileClaim.take(join(folders.results, LIVE_CLAIM));
  try {
    const written = new Date().toISOString();
    const { againSeconds } = new WritingPace(runCount(experiment));
    const { rung, unscored, ...there } = partial;
    const unfinished = {
      // Where another process has the claim, it sweeps the experiment, and writes its report.
      ...claim
        ? { why: "drawn" as const, written }
        : { why: "running" as const, written, againSeconds },
      ...rung !== undefined && { rung },
      ...unscored && { unscored },
    };
    const seconds = elapsed();
    const sweep = {
      ...{ ...there, dataset, started, seconds, workers: 0, command },
      ...tests ? { tests } : { tests: new Map(), unfinished },
    };
    const results = await writeResults(sweep, {
      ...{ folder, experimentText: textToKeep(experiment, folder, copiesFolder), own, signal },
      resultsOf: async (keys) => (await store.getMany(keys)).map((record) => record?.result),
    });
    if (!results) {
      throw new UserError(`Cannot draw ${experiment.file}: a sweep of it has just ended`, 1);
    }
    if (tests) await removeUnfinished(folders.results);
    await indexSweeps(reports, { signal, onProblem });
    return { folder, results };
  } finally {
    claim?.release();
  }
}

/** The scores of the runs that are scored on the test rows; undefined if the store lacks some. */
async function knownScores(
  { experiment, runs, outcomes }: TrainedStages,
  opened: OpenedExperiment,
  folders: SweepFolders,
  onProblem: (message: string) => void,
): Promise<Map<string, TestResult> | undefined> {
  const { dataset } = opened;
  const toScore = await runsToScore(runs, outcomes, { experiment, dataset });
  const store = await openTestStore(folders.testStore, opened, { onProblem, readOnly: true });
  const records = await store.getMany(toScore.map(({ run }) => run.key));
  const scores = new Map<string, TestResult>();
  for (const [index, { run, result }] of toScore.entries()) {
    const score = records[index]?.result;
    if (score?.digest !== result.digest || !isScoreWhole(run, score)) return undefined;
    scores.set(run.key, score);
  }
  return scores;
}
