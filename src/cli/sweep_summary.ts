import { join } from "node:path";
import { cellName } from "../experiment/cells/cell_name.ts";
import { runName } from "../experiment/replicates.ts";
import { countOf, formatCount, formatDuration } from "../format_number.ts";
import { joinLines } from "../one_line.ts";
import { analysisOf } from "../report/analysis_of.ts";
import type { ReportInput } from "../report/report_input.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { RunCounts, SweepResult } from "../sweep/sweep_experiment.ts";
import { configWithoutDefaults } from "../trainers/config.ts";
import type { Trainers } from "../trainers/trainers.ts";
import { headline } from "../wording/headline.ts";
import { OPTIONS } from "./options.ts";
import { wrap } from "./wrap.ts";

/** Failed runs that are listed. */
const MOST_FAILURES = 20;

/**
 * What to show at the end of a sweep: how it went, what it found, and where that is written; in
 * lines of at most `width` characters.
 */
export function sweepSummary(results: ReportInput, folder: string, width: number): string {
  const { manifest } = results;
  const { unfinished } = manifest;
  // Runs that diverged in cells that were stopped early are none of `total`.
  const { total, trained, known, diverged, divergedEarly: early = 0, failed } = manifest.runs;
  const counts = [
    `${trained} trained`,
    `${known} reused`,
    ...(diverged > early ? [`${diverged - early} diverged`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  const { unfinished: state, finding, remarks, notes } = headline(
    analysisOf(results),
    manifest,
    results.confusion,
  );
  const stopped = results.halving?.filter(({ isKept }) => !isKept).length ?? 0;
  const time = formatDuration(manifest.times.seconds);
  const runsText = unfinished && total < unfinished.planned
    ? `${formatCount(total)} of ${countOf(unfinished.planned, "run")}`
    : countOf(total, "run");
  return [
    `${manifest.experiment.name}: ${runsText}, ${counts.join(", ")}, in ${time}`,
    ...stopped > 0 ? [stoppedLine(stopped, early)] : [],
    "",
    ...[...state === undefined ? [] : [state], finding, ...remarks, ...notes].flatMap((text) =>
      wrap(text, width)
    ),
    "",
    ...unfinished ? ["The same command does the rest.", ""] : [],
    join(folder, "report.html"),
    manifest.own
      ? "beside it: its CSV files, experiment.yaml, manifest.json and copies of your trainers"
      : "beside it: its CSV files, experiment.yaml and manifest.json",
  ].join("\n");
}

function stoppedLine(cells: number, diverged: number): string {
  const lost = diverged > 0
    ? ` (${countOf(diverged, "run")} of ${cells === 1 ? "it" : "them"} diverged)`
    : "";
  return `${countOf(cells, "cell")} stopped early${lost}: see halving.csv`;
}

/** The runs that failed, each with its cell, seed, config and reason; undefined if none failed. */
export function failureList(
  outcomes: readonly KeptOutcome[],
  trainers: Trainers,
): string | undefined {
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return undefined;
  const lines = failed.slice(0, MOST_FAILURES).flatMap(({ cell, seed, fold, failure }) => {
    const config = configWithoutDefaults(trainers.named(cell.trainer), cell.config);
    return [
      `  ${runName(cell.name, { seed, fold })}: ${failure}`,
      // Of defaults alone, there is nothing to say.
      ...Object.keys(config).length > 0 ? [`    ${cellName(config)}`] : [],
    ];
  });
  const rest = failed.length > MOST_FAILURES
    ? [`  … and ${failed.length - MOST_FAILURES} more, which manifest.json lists`]
    : [];
  return joinLines([`${countOf(failed.length, "run")} failed:`, ...lines, ...rest]);
}

/** Why there are no results, and how to get them. */
export function stoppedText(
  result: Extract<SweepResult, { state: "stopped" | "interrupted" }>,
): string {
  const { known, trained, total } = result.counts;
  const kept = `${known + trained} of ${total} runs are kept, and the same command does the rest`;
  if (result.state === "interrupted") return `Stopped; ${kept}`;
  return result.stage.kind === "rung" || result.stage.kind === "look" && result.counts.failed > 0
    ? `Stopped: which cells go on depends on the runs that failed; ${kept}`
    : `Stopped at the first failure; ${kept}`;
}

/** Why a sweep whose budget was spent has written nothing, and how to go on. */
export function unwrittenText(
  { counts: { known, trained, total }, reason }: Extract<SweepResult, { state: "unwritten" }>,
): string {
  return `Out of time: ${reason}.\n` +
    `${known + trained} of ${total} runs are kept, and the same command does the rest`;
}

/**
 * What to do about the runs of an experiment file that were left to Slurm.
 *
 * @param options.looks The experiment's: more runs may follow.
 */
export function detachedText(
  file: string,
  { name, reports, looks }: {
    readonly name?: string;
    readonly reports: string;
    readonly looks?: readonly number[];
  },
  { known, trained, total }: RunCounts,
): string {
  const where = [
    ...name === undefined ? [] : [`--name ${name}`],
    ...reports === OPTIONS.reports.default ? [] : [`--reports ${reports}`],
  ];
  const words = [file, ...where].join(" ");
  return [
    `${known + trained} of ${countOf(total, "run")} are done; the others are left to Slurm.`,
    `deno task status ${words} shows their state, deno task cancel ${words} cancels them,`,
    ...looks
      ? [
        "and the same command gives more seeds to cells that are not decided then; without",
        "--detach, it waits for them and writes the results.",
      ]
      : ["and the same command without --detach waits for them and writes the results."],
  ].join("\n");
}
