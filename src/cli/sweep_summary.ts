import { callText } from "../called_as.ts";
import { join } from "node:path";
import { cellName } from "../experiment/cells/cell_name.ts";
import { runName } from "../experiment/replicates.ts";
import { countOf, formatCount, formatDuration } from "../format_number.ts";
import { isLargerBetter } from "../measures/metrics.ts";
import { joinLines, oneLine } from "../one_line.ts";
import { answerOf } from "../report/answer_of.ts";
import type { SweepInput } from "../report/report_input.ts";
import { type Verdict, VERDICTS } from "../results/comparison.ts";
import { OTHER_FILES } from "../results/result_files.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { RunCounts } from "../sweep/live/so_far.ts";
import type { SweepResult } from "../sweep/sweep_experiment.ts";
import { configWithoutDefaults } from "../trainers/config.ts";
import type { Trainers } from "../trainers/trainers.ts";
import { baselineName, cellNames } from "../wording/describe_cell.ts";
import { fileLine } from "./file_line.ts";
import { OPTIONS } from "./options.ts";
import type { Colour, StyledLine } from "./styled_lines.ts";
import { wrap } from "./wrap.ts";

/** Failed runs that are listed. */
const MOST_FAILURES = 20;

/** How verdicts stand out: those that say that there is a difference. */
const COLOURS: Readonly<Partial<Record<Verdict, Colour>>> = { better: "green", worse: "red" };

/**
 * What to show at the end of a sweep, in lines of at most `width` columns: the verdict, what to do, and
 * where the report is; and then, for whoever reads on, what limits the answer and how it went.
 */
export function sweepSummary(results: SweepInput, folder: string, width: number): StyledLine[] {
  const { manifest } = results;
  const { unfinished } = manifest;
  const { compared, use, test, advice, finding, limit } = manifest.answer ?? answerOf(results);
  const baseline = baselineName(cellNames(manifest)(manifest.experiment.baseline));
  const verdict = compared && `${unfinished ? "so far, " : ""}${compared.verdict}:`;
  const found = compared
    ? `${verdict} ${compared.name}, ${compared.text} against ${baseline}`
    : finding;
  const preference = isLargerBetter(manifest.experiment.metric) ? [] : ["lower is better"];
  const figures = [
    ...[use, test].flatMap((estimate) =>
      // The intervals are in the report.
      estimate ? [`${estimate.noun} ${estimate.text.split(" (")[0]}`] : []
    ),
    ...preference,
  ].join(", ");
  const lines = (text: string, style: Omit<StyledLine, "text"> = {}): StyledLine[] =>
    wrap(oneLine(text), width).map((text) => ({ text, ...style }));
  return [
    ...lines(found, {
      ...compared && verdict !== undefined && {
        marked: { text: verdict, colour: COLOURS[compared.verdict] },
      },
    }),
    // Without a cell to use, the finding says why.
    ...use ? lines(advice + (figures && ` (${figures})`)) : [],
    fileLine(join(folder, OTHER_FILES.report.name)),
    ...lines(limit, { isDim: use !== undefined && !unfinished }),
    ...unfinished ? lines("The same command does the rest.") : [],
    ...verdictsText(results, baseline).flatMap((text) => lines(text, { isDim: true })),
    // Whole, for those who look for it in a log.
    { text: oneLine(countsText(results)), isDim: true },
  ];
}

/** `4 cells compared with no regularization: 1 better, 3 undecided`, where there are several. */
function verdictsText({ comparisons = [] }: SweepInput, baseline: string): string[] {
  const compared = comparisons.filter(({ n }) => n > 0);
  if (compared.length < 2) return [];
  const verdicts = Map.groupBy(compared, ({ verdict }) => verdict);
  const counts = VERDICTS.flatMap((verdict) => {
    const count = verdicts.get(verdict)?.length ?? 0;
    return count > 0 ? [`${formatCount(count)} ${verdict}`] : [];
  });
  return [`${countOf(compared.length, "cell")} compared with ${baseline}: ${counts.join(", ")}`];
}

/** `quick: 15 runs, 15 trained, 0 reused, in 7.2 s`. */
function countsText({ manifest, halving }: SweepInput): string {
  const { unfinished } = manifest;
  // Runs that diverged in cells that were stopped early are none of `total`.
  const { total, trained, known, diverged, divergedEarly: early = 0, failed } = manifest.runs;
  const runs = unfinished && total < unfinished.planned
    ? `${formatCount(total)} of ${countOf(unfinished.planned, "run")}`
    : countOf(total, "run");
  const stopped = halving?.filter(({ isKept }) => !isKept).length ?? 0;
  return [
    `${manifest.experiment.name}: ${runs}`,
    `${trained} trained`,
    `${known} reused`,
    ...diverged > early ? [`${diverged - early} diverged`] : [],
    ...failed > 0 ? [`${failed} failed`] : [],
    `in ${formatDuration(manifest.times.seconds)}`,
    ...stopped > 0 ? [earlyText(stopped, early)] : [],
  ].join(", ");
}

/** How many cells were stopped early. */
function earlyText(cells: number, diverged: number): string {
  const lost = diverged > 0
    ? ` (${countOf(diverged, "run")} of ${cells === 1 ? "it" : "them"} diverged)`
    : "";
  return `${countOf(cells, "cell")} stopped early${lost}`;
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
    // Of defaults alone, there is nothing to say.
    const settings = Object.keys(config).length > 0 ? cellName(config) : cell.name;
    return [
      `  ${runName(cell.name, { seed, fold })}: ${failure}`,
      ...settings === cell.name ? [] : [`    ${settings}`],
    ];
  });
  const rest = failed.length > MOST_FAILURES
    ? [`  … and ${failed.length - MOST_FAILURES} more, which manifest.json lists`]
    : [];
  return joinLines([`${countOf(failed.length, "run")} failed:`, ...lines, ...rest]);
}

/** Why a sweep ended before its time, how to go on, and where the results are that there are. */
export function stoppedText(
  result: Extract<SweepResult, { state: "stopped" | "interrupted" }>,
): StyledLine[] {
  const { known, trained, total } = result.counts;
  const why = oneLine(whyStopped(result));
  const kept = `${known + trained} of ${total} runs are kept, and the same command does the rest`;
  const path = result.folder && join(result.folder, OTHER_FILES.report.name);
  return [
    { text: `${why}; ${kept}`, marked: { text: why } },
    ...path === undefined ? [] : [{ ...fileLine(path), text: `${path} shows what there is` }],
  ];
}

function whyStopped(result: Extract<SweepResult, { state: "stopped" | "interrupted" }>): string {
  if (result.state === "interrupted") return "Stopped";
  if (result.stage.kind === "batch") {
    return "Stopped: which cells come next depends on the runs that failed";
  }
  return result.stage.kind === "rung" || result.stage.kind === "look" && result.counts.failed > 0
    ? "Stopped: which cells go on depends on the runs that failed"
    : "Stopped at the first failure";
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
 * @param options.looks The experiment's: more runs may follow, as with its search.
 */
export function detachedText(
  file: string,
  { name, reports, looks, search }: {
    readonly name?: string;
    readonly reports: string;
    readonly looks?: readonly number[];
    readonly search?: object;
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
    `${callText(["status"])} ${words} shows their state, ${
      callText(["cancel"])
    } ${words} cancels them,`,
    ...search
      ? [
        "and the same command proposes the cells of the next batch then; without --detach, it",
        "waits for them and writes the results.",
      ]
      : looks
      ? [
        "and the same command gives more seeds to cells that are not decided then; without",
        "--detach, it waits for them and writes the results.",
      ]
      : ["and the same command without --detach waits for them and writes the results."],
  ].join("\n");
}
