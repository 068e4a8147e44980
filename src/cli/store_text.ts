import { countOf, formatCount, formatDuration } from "../format_number.ts";
import { oneLine } from "../one_line.ts";
import type { StoreCleaning, StoreSurvey, Tally } from "../mod.ts";
import { padToWidth } from "./text_width.ts";

const DAY_SECONDS = 86_400;

/** What a store has, as a table; then the files that are damaged. */
export function storeText(survey: StoreSurvey): string {
  const { folder, records, testFiles, models, checkpoints, damaged } = survey;
  const trainers = records.map(({ trainer, version, isOld, ...tally }) =>
    row(
      `records of ${oneLine(trainer)}, version ${versionText(version)}${isOld ? " (old)" : ""}`,
      tally,
    )
  );
  const rows = [
    ["", "count", "size", "newest", "oldest"],
    ...trainers.length > 0 ? trainers : [row("records", { count: 0, bytes: 0 })],
    row("files of test scores", testFiles),
    row("models", models),
    row("checkpoints", checkpoints),
  ];
  const lines = aligned(rows);
  if (damaged.length > 0) {
    lines.push("", `${countOf(damaged.length, "damaged file")}:`);
    lines.push(...damaged.map(({ path, reason }) => oneLine(`  ${path}: ${reason}`)));
  }
  return [`Store ${folder}`, "", ...lines].join("\n");
}

/** Versions of trainers of users' own are checksums, whose first digits tell them apart. */
function versionText(version: string): string {
  return oneLine(/^[0-9a-f]{64}$/.test(version) ? version.slice(0, 12) : version);
}

function row(label: string, { count, bytes, newestSeconds, oldestSeconds }: Tally): string[] {
  return [
    label,
    formatCount(count),
    bytesText(bytes),
    ageText(newestSeconds),
    ageText(oldestSeconds),
  ];
}

/** In decimal units, as `--model-space` takes them. */
function bytesText(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${unit === 0 || value >= 9.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

function ageText(seconds: number | undefined): string {
  if (seconds === undefined) return "";
  // A clock that was set back makes files of the future.
  const age = Math.max(0, Math.round(seconds));
  return age < 2 * DAY_SECONDS
    ? formatDuration(age)
    : countOf(Math.floor(age / DAY_SECONDS), "day");
}

/** What was removed from a store, or would be. */
export function cleaningText({ folder, dryRun, removed, left }: StoreCleaning): string {
  const lines = removed.length === 0 ? ["nothing"] : aligned(
    removed.map(({ what, count, bytes }) => [what, formatCount(count), bytesText(bytes)]),
  );
  if (left.length > 0) {
    lines.push(
      "",
      "Not removed:",
      ...left.map(({ path, reason }) => oneLine(`  ${path}: ${reason}`)),
    );
  }
  return [`${dryRun ? "To be removed" : "Removed"} from ${folder}:`, "", ...lines].join("\n");
}

/** The first column is on the left, the others on the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) =>
    row.map((cell, column) => padToWidth(cell, widths[column], { isRight: column > 0 })).join("  ")
      .trimEnd()
  );
}
