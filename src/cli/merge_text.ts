import { join } from "node:path";
import { callText } from "../called_as.ts";
import { countOf, formatCount } from "../format_number.ts";
import type { MergeConflict, MergedFolder, MergedRecords, MergedReports } from "../mod.ts";
import type { MergedSource } from "../mod.ts";
import { oneLine } from "../one_line.ts";

/** What was united, or would be, as text; then what was not, and why. */
export function mergeText({ reports, dryRun, sources }: MergedReports): string {
  const lines = [`${dryRun ? "To be merged" : "Merged"} into ${reports}:`];
  for (const source of sources) lines.push("", ...sourceLines(source, reports));
  return lines.map((line) => oneLine(line)).join("\n");
}

function sourceLines(
  { from, records, testScores, models = 0, folders, conflicts, damaged }: MergedSource,
  reports: string,
): string[] {
  return [
    `From ${from}`,
    ...records ? [`  records: ${recordsText(records)}`] : [],
    ...testScores ? [`  test scores: ${recordsText(testScores)}`] : [],
    ...records ? [`  models of selected cells: ${formatCount(models)} new`] : [],
    ...folders.map((folder) => `  ${folder.name}: ${folderText(folder, reports)}`),
    ...listed(conflicts.length, "conflict", conflicts.map(conflictText)),
    ...listed(
      damaged.length,
      "damaged file",
      damaged.map(({ path, reason }) => `${path}: ${reason}`),
    ),
  ];
}

function recordsText({ added, extended, known }: MergedRecords): string {
  return [
    `${formatCount(added)} new`,
    ...extended > 0 ? [`${formatCount(extended)} with more measures`] : [],
    `${formatCount(known)} known`,
  ].join(", ");
}

function folderText({ name, from, outcome, reason, seeds, left }: MergedFolder, reports: string) {
  switch (outcome) {
    case "copied":
      return left.length === 0 ? "copied" : `copied, without ${left.join(", ")}`;
    case "same":
      return "here already";
    case "other-runs": {
      const file = join(reports, name, "experiment.yaml");
      const words = ["sweep", file, ...seeds ? ["--seeds", seeds.join()] : []];
      return `here already, with other runs; to report on all: ${callText(words)}`;
    }
    case "other-experiment":
      return `not copied from ${from}: here, it is another experiment; ` +
        `to copy it under another name: --rename ${name}=NEW`;
    case "refused":
      return `not copied from ${from}: ${reason}`;
  }
}

function conflictText(conflict: MergeConflict): string {
  const { what, key, trainer, cell, config, seed, fold, kept, other } = conflict;
  const settings = Object.entries(config).map(([name, value]) =>
    `${name}=${JSON.stringify(value)}`
  );
  const run = `${trainer}, ${cell ?? settings.join(" ")}, seed ${seed}` +
    (fold === undefined ? "" : `, fold ${fold}`);
  const digests = kept === other
    ? "measures differ"
    : `digest ${other.slice(0, 12)}, here ${kept.slice(0, 12)}, which stays`;
  return `${what} of ${run} (run ${key.slice(0, 12)}): ${digests}`;
}

function listed(count: number, noun: string, texts: readonly string[]): string[] {
  return count === 0 ? [] : [`  ${countOf(count, noun)}:`, ...texts.map((text) => `    ${text}`)];
}
