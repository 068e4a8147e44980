import { join } from "node:path";
import { configWithoutDefaults } from "../trainers/config.ts";
import { cellName } from "../experiment/cells/cell_name.ts";
import { countOf, formatDuration } from "../format_number.ts";
import { analysisOf } from "../report/analysis_of.ts";
import type { ReportInput } from "../report/report_input.ts";
import type { RunOutcome } from "../results/run_outcome.ts";
import { headline } from "../wording/headline.ts";
import { wrap } from "./wrap.ts";

/**
 * What to tell at the end of a sweep: how it went, what it found, and where that is written; in
 * lines of at most `width` characters.
 */
export function sweepSummary(results: ReportInput, folder: string, width: number): string {
  const { manifest } = results;
  const { total, trained, known, diverged, failed } = manifest.runs;
  const counts = [
    `${trained} trained`,
    `${known} known before`,
    ...(diverged > 0 ? [`${diverged} diverged`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  const { finding, remarks } = headline(analysisOf(results), manifest);
  const stopped = results.halving?.filter(({ isKept }) => !isKept).length ?? 0;
  const others = [...Object.keys(manifest.files), "manifest.json"];
  const time = formatDuration(manifest.times.seconds);
  return [
    `${manifest.experiment.name}: ${countOf(total, "run")}, ${counts.join(", ")}, in ${time}`,
    ...stopped > 0 ? [`${countOf(stopped, "cell")} stopped early: see halving.csv`] : [],
    "",
    ...[finding, ...remarks].flatMap((text) => wrap(text, width)),
    "",
    join(folder, "report.html"),
    ...wrap(`beside it: ${others.join(", ")}`, width),
  ].join("\n");
}

/** The runs that failed, each with its cell, seed, config and reason. */
export function failureList(outcomes: readonly RunOutcome[]): string {
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  const lines = failed.slice(0, 20).flatMap(({ cell, seed, failure }) => [
    `  ${cell.name}, seed ${seed}: ${failure}`,
    `    ${cellName(configWithoutDefaults(cell.trainer, cell.config))}`,
  ]);
  const rest = failed.length > 20
    ? [`  … and ${failed.length - 20} more, which manifest.json names`]
    : [];
  return [`${countOf(failed.length, "run")} failed:`, ...lines, ...rest].join("\n");
}
