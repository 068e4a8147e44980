import type { Dataset } from "../dataset/dataset.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { keptCode } from "../experiment/text_to_keep.ts";
import { answerOf } from "../report/answer_of.ts";
import { citationTexts } from "../report/citation/citation_texts.ts";
import { pageCode } from "../report/page_code.ts";
import type { ReportInput } from "../report/report_input.ts";
import type { Comparison } from "../results/comparison.ts";
import { holmComparisonsCsv, isOfHolm } from "../results/comparisons_csv.ts";
import { lacksRecall } from "../results/confusion_csv.ts";
import { curveRows } from "../results/curves_csv.ts";
import { copyChecksums } from "../results/own_copies.ts";
import { OTHER_FILES, RESULT_TABLES } from "../results/result_files.ts";
import type { RunRows } from "../results/run_difference.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import type { HalvingRow } from "../results/run_row.ts";
import { runRows } from "../results/runs_csv.ts";
import { sha256 } from "../sha256.ts";
import { holmVerdicts } from "../statistics/holm_verdicts.ts";
import { manifestFacts } from "../sweep/build_manifest.ts";
import { csvFiles } from "../sweep/csv_files.ts";
import type { Launcher, LaunchOptions } from "../sweep/launcher.ts";
import { outcomeOf } from "../sweep/outcome_of.ts";
import { type PlannedRun, withTask } from "../sweep/planned_run.ts";
import { questionOfExperiment } from "../sweep/scored_cells.ts";
import type { EventListener, RunEvent } from "../sweep/sweep_events.ts";
import { trainRuns } from "../sweep/train_runs.ts";
import { givesAllMeasures } from "../trainers/own_measures.ts";
import type { RunResult, TestResult } from "../trainers/run_result.ts";
import { type Check, type Finding, passes } from "./check.ts";
import { checkFiles } from "./check_files.ts";
import { checkReport } from "./check_report.ts";
import { checkRun, type ComputedRun } from "./check_run.ts";
import { expectedManifest, isAboutWording, manifestFindings } from "./expected_manifest.ts";
import { repeatRuns } from "./repeat_runs.ts";
import { statedOutcome, type StatedRun } from "./stated_runs.ts";
import { statedTests } from "./stated_tests.ts";
import type { SweepFolder } from "./sweep_folder.ts";

export interface RunsToVerify extends Omit<LaunchOptions, "admit" | "onRunEnd"> {
  readonly folder: SweepFolder;
  readonly experiment: Experiment;
  readonly dataset?: Dataset;
  /** All runs that are both in the experiment and in the folder. */
  readonly stated: readonly StatedRun[];
  /** The runs among them to compute: none that failed, because it has no result to compare. */
  readonly chosen: readonly StatedRun[];
  readonly launcher: Launcher;
  /** What halving.csv should contain; absent if there should be no such file. */
  readonly halving?: readonly HalvingRow[];
  /** Called when a chosen run ends; a run that does not pass counts as failed. */
  readonly onEvent: EventListener<RunEvent>;
}

/** The checks of a verification, in the order of runs.csv and of the files. */
export interface Verification {
  readonly runs: readonly Check[];
  readonly files: readonly Check[];
}

/**
 * Computes runs of a sweep again, and compares them and the files with its folder.
 *
 * CSV files are compared with those that a sweep would write now. Runs that are not chosen come from
 * the folder.
 *
 * @throws The signal's reason, if it aborted.
 */
export async function verifySweep(options: RunsToVerify): Promise<Verification> {
  const { folder, experiment, dataset, stated, chosen, launcher, signal } = options;
  const { onProblem, onMessage } = options;
  const statedOf = new Map(chosen.map((stated): [PlannedRun, StatedRun] => {
    const { run } = stated;
    // Which runs are scored depends on the results of all runs.
    return [withTask(run, { ...run.task, scoresTest: true }), stated];
  }));
  const checks = new Map<StatedRun, Check>();
  /** Runs of the user's own trainers that differ. */
  const differing = new Map<PlannedRun, RunRows>();
  const outcomes = new Map<StatedRun, RunOutcome>();
  const unpredicted = stated.filter(({ run }) =>
    givesAllMeasures(experiment.trainers.named(run.cell.trainer))
  );
  const tests = statedTests(folder, dataset, new Set(unpredicted.map(({ run }) => run.key)));
  const check = (event: RunEvent<RunResult>) => {
    const { run } = event;
    const stated = statedOf.get(run);
    if (!stated) throw new Error("A launcher gave a run that it was not given");
    const outcome = outcomeOf(run, event);
    const rows = rowsOf(experiment, outcome);
    const check = checkRun(stated, rows);
    outcomes.set(stated, outcome);
    checks.set(stated, check);
    const isOwn = experiment.trainers.named(run.cell.trainer).own !== undefined;
    if (isOwn && !passes(check) && !("failure" in rows)) differing.set(run, rows);
    if (event.kind === "failed") tests.set(run.key, NO_SCORE);
    else tests.set(run.key, event.test ?? NO_SCORE);
    const isRight = event.kind === "failed" || passes(check);
    options.onEvent(isRight ? event : { kind: "failed", run, failure: "it differs" });
  };
  const launching = { launcher, signal, onProblem, onMessage };
  const training = { ...launching, failFast: false, leavesToOthers: false };
  await trainRuns([...statedOf.keys()], { ...training, onEvent: check });
  const repeats = await repeatRuns(differing, {
    ...launching,
    rowsOf: (event) => rowsOf(experiment, outcomeOf(event.run, event)),
  });
  for (const [run, finding] of repeats) {
    const stated = statedOf.get(run);
    const check = stated && checks.get(stated);
    if (check) checks.set(stated, { ...check, findings: [finding, ...check.findings] });
  }
  for (const { run } of stated) if (!tests.has(run.key)) tests.set(run.key, NO_SCORE);
  const content = {
    dataset,
    unfinished: folder.manifest.unfinished,
    outcomes: stated.map((stated) => outcomes.get(stated) ?? statedOutcome(stated)),
    tests,
    halving: options.halving,
    lacksRecall: lacksRecall(folder.confusion ?? []),
  };
  const { texts: today, ...rows } = await csvFiles(experiment, content);
  const tables = await asWritten(today, rows.comparisons, { folder, experiment, dataset });
  const copies = copyChecksums(keptCode(experiment));
  const facts = manifestFacts({ experiment, ...content });
  const answer = answerOf({ ...rows, manifest: facts });
  const expected = async (cited: Readonly<Record<string, string>>) =>
    expectedManifest(folder.manifest, facts, {
      files: { ...await rightChecksums(folder, tables, cited), ...copies },
      answer,
    });
  const cited = await citationAsWritten(folder, { manifest: await expected({}), ...rows });
  const manifest = await expected(cited);
  const texts = { ...tables, ...cited };
  return {
    runs: chosen.flatMap((stated) => checks.get(stated) ?? []),
    files: withReport(
      await checkFiles(folder, { texts, copies: Object.keys(copies) }),
      await checkReport(folder, { manifest, ...rows }),
      manifestFindings(folder.manifest, manifest),
    ),
  };
}

/** The texts of CSV files as the version that wrote the folder writes them. */
async function asWritten(
  texts: Readonly<Record<string, string>>,
  comparisons: readonly Comparison[],
  { folder, experiment, dataset }: Pick<RunsToVerify, "folder" | "experiment" | "dataset">,
): Promise<Readonly<Record<string, string>>> {
  const { name } = RESULT_TABLES.comparisons;
  const found = await folder.file(name);
  if (!found || !isOfHolm(found.text)) return texts;
  const question = questionOfExperiment(experiment, dataset);
  return { ...texts, [name]: holmComparisonsCsv(holmVerdicts(comparisons, question)) };
}

/** How to cite the sweep; as the folder has it, if another version put that into words. */
async function citationAsWritten(
  folder: SweepFolder,
  input: ReportInput,
): Promise<Readonly<Record<string, string>>> {
  const texts = citationTexts(input);
  if (folder.manifest.page?.checksum === (await pageCode()).checksum) return texts;
  const found = Object.entries(texts).map(async ([name, text]) => {
    return [name, (await folder.file(name))?.text ?? text];
  });
  return Object.fromEntries(await Promise.all(found));
}

/** The checksums that a report shows: of the CSV files, the experiment, and how to cite it. */
async function rightChecksums(
  { experimentText }: SweepFolder,
  tables: Readonly<Record<string, string>>,
  cited: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const shown = { ...tables, [OTHER_FILES.experiment.name]: experimentText, ...cited };
  const checksums = Object.entries(shown).map(async ([name, text]) => [name, await sha256(text)]);
  return Object.fromEntries(await Promise.all(checksums));
}

/** Adds to the checks of files what the report and the manifest were found to be. */
function withReport(
  files: readonly Check[],
  report: Check,
  findings: readonly Finding[],
): Check[] {
  // Code that draws another page can call things by other names.
  const isOther = report.unchecked !== undefined;
  return [
    ...files.map((check) => {
      if (check.subject !== report.subject) return check;
      const all = [...report.findings, ...check.findings];
      return { ...report, findings: all };
    }),
    {
      subject: OTHER_FILES.manifest.name,
      findings: findings.filter((finding) => !(isOther && isAboutWording(finding))),
    },
  ];
}

/** Stands for the score of a run that has none. */
const NO_SCORE: TestResult = { measures: {}, units: [] };

/** A run's lines as a sweep would write them: only the content of CSV files is compared. */
function rowsOf(experiment: Experiment, outcome: RunOutcome): ComputedRun {
  if (outcome.failure !== undefined) return { failure: outcome.failure };
  const [row] = runRows(experiment, [outcome]);
  return { row, curve: curveRows(experiment, [outcome]) };
}
