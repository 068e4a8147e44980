import { countOf, formatCount, formatDuration } from "../format_number.ts";
import { joinLines } from "../one_line.ts";
import { type Check, type Finding, passes } from "../verify/check.ts";
import type { Verdict } from "../verify/verify_folder.ts";
import type { Colour, StyledLine } from "./styled_lines.ts";
import { wrap } from "./wrap.ts";

/** Failures that are shown in full; the others only as failures. */
const FULLY_SHOWN = 10;
const PASS = "PASS  ";
const FAIL = "FAIL  ";
const SKIP = "SKIP  ";
const MARGIN = " ".repeat(PASS.length);
const COLUMNS = 80 - MARGIN.length;

/** How the words that lines begin with stand out. */
const COLOURS: Readonly<Record<string, Colour | undefined>> = { PASS: "green", FAIL: "red" };

/** A line of a verification, whose verdict stands out. */
export function markedLine(text: string): StyledLine {
  const [word] = text.match(/^(PASS|FAIL|SKIP)(?=[ ,])/) ?? [];
  return { text, ...word !== undefined && { marked: { text: word, colour: COLOURS[word] } } };
}

/** Checks line by line, with what was found where one fails; `quiet` leaves out those that pass. */
export function checkLines(checks: readonly Check[], { quiet }: { quiet: boolean }): string[] {
  let failures = 0;
  return checks.flatMap((check) => {
    if (passes(check)) {
      if (quiet) return [];
      const { subject, unchecked } = check;
      return isChecked(check) ? [PASS + subject] : [SKIP + subject, `    ${unchecked}`];
    }
    return ++failures <= FULLY_SHOWN
      ? [FAIL + check.subject, ...check.findings.flatMap(findingLines)]
      : [FAIL + check.subject];
  });
}

function isChecked({ unchecked }: Check): boolean {
  return unchecked === undefined;
}

function findingLines({ what, expected, actual }: Finding): string[] {
  return [
    `    ${what}`,
    ...(expected === undefined ? [] : [`      expected ${expected}`]),
    ...(actual === undefined ? [] : [`      actual   ${actual}`]),
  ];
}

/** What a verification comes down to, and what it leaves open. */
export function verdictText(
  verdict: Pick<
    Verdict,
    | "runs"
    | "files"
    | "folder"
    | "total"
    | "failed"
    | "unrepeatable"
    | "unfinished"
    | "uncheckedMembers"
    | "checksum"
    | "seconds"
  >,
): string {
  const { runs, files, folder, total, checksum, seconds } = verdict;
  const [failedRuns, failedFiles] = [runs, files].map((checks) =>
    checks.filter((check) => !passes(check)).length
  );
  const computed = runs.length < total
    ? `${formatCount(runs.length)} of ${countOf(total, "run")}`
    : countOf(total, "run");
  const time = formatDuration(seconds);
  if (failedRuns + failedFiles === 0) {
    const checked = countOf(files.filter(isChecked).length, "file");
    return joinLines([
      `${PASS}${folder}: ${computed} and ${checked}, in ${time}`,
      `${MARGIN}SHA-256 of runs.csv:`,
      `${MARGIN}${checksum}`,
      ...unfinishedLines(verdict),
      ...notChecked(verdict).flatMap((text) => wrap(text, COLUMNS).map((line) => MARGIN + line)),
      ...reservations(files),
    ]);
  }
  const failures = [
    ...(failedRuns > 0 ? [`${formatCount(failedRuns)} of ${countOf(runs.length, "run")}`] : []),
    ...(failedFiles > 0 ? [`${failedFiles} of ${countOf(files.length, "file")}`] : []),
  ];
  return joinLines([
    `${FAIL}${folder}: ${failures.join(" and ")}, in ${time}`,
    `${MARGIN}expected is what the folder says, actual what was computed here`,
  ]);
}

/** That the folder lacks runs, as it says itself. */
function unfinishedLines(
  { unfinished, total }: Pick<Verdict, "unfinished" | "total">,
): string[] {
  if (!unfinished) return [];
  const { planned, rung, unscored, why } = unfinished;
  const what = unscored
    ? `it has all ${countOf(total, "run")}, without scores on the test rows`
    : rung === undefined
    ? `it has ${formatCount(total)} of ${countOf(planned, "run")}`
    : `it has the runs of a rung of ${formatCount(rung)} steps`;
  const then = why === "running" ? ", and was running then" : "";
  return wrap(`The sweep is unfinished: ${what}${then}`, COLUMNS).map((line) => MARGIN + line);
}

/** What was not checked, or cannot be. */
function notChecked(
  { runs, total, failed, unrepeatable, uncheckedMembers }: Pick<
    Verdict,
    "runs" | "total" | "failed" | "unrepeatable" | "uncheckedMembers"
  >,
): string[] {
  const left = total - failed - unrepeatable - runs.length;
  return [
    ...failed > 0
      ? [`Not checked: ${countOf(failed, "run")} that failed in the sweep, so there is no result`]
      : [],
    ...unrepeatable > 0
      ? [
        `Not checked: results of ${countOf(unrepeatable, "run")} of programs that are not ` +
        "deterministic, as the experiment says",
      ]
      : [],
    ...left > 0 ? [`Not checked: results of ${countOf(left, "run")} outside of the sample`] : [],
    `Not checked, as only the sweep knew them: in manifest.json, ${uncheckedMembers.join(", ")}`,
  ];
}

/** Verdicts on files that could not be checked, for the end of a verification that passes. */
export function reservations(files: readonly Check[]): string[] {
  return files.flatMap(({ subject, unchecked }) => {
    return unchecked === undefined ? [] : [`PASS, ${subject} not checked (${unchecked})`];
  });
}
