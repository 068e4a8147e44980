import { countOf, formatCount, formatDuration } from "../format_number.ts";
import { type Check, type Finding, passes } from "../verify/check.ts";
import type { Verdict } from "../verify/verify_folder.ts";

/** Failures that are shown in full; the others only as failures. */
const FULLY_SHOWN = 10;
const PASS = "PASS  ";
const FAIL = "FAIL  ";
const MARGIN = " ".repeat(PASS.length);

/** Checks line by line, with what was found where one fails; `quiet` leaves out those that pass. */
export function checkLines(checks: readonly Check[], { quiet }: { quiet: boolean }): string[] {
  let failures = 0;
  return checks.flatMap((check) => {
    if (passes(check)) return quiet ? [] : [PASS + check.subject];
    return ++failures <= FULLY_SHOWN
      ? [FAIL + check.subject, ...check.findings.flatMap(findingLines)]
      : [FAIL + check.subject];
  });
}

function findingLines({ what, expected, actual }: Finding): string[] {
  return [
    `    ${what}`,
    ...(expected === undefined ? [] : [`      expected ${expected}`]),
    ...(actual === undefined ? [] : [`      actual   ${actual}`]),
  ];
}

/** What a verification comes down to. */
export function verdictText(
  verdict: Pick<Verdict, "runs" | "files" | "folder" | "total" | "checksum" | "seconds">,
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
    return [
      `${PASS}${folder}: ${computed} and ${countOf(files.length, "file")}, in ${time}`,
      `${MARGIN}SHA-256 of runs.csv:`,
      `${MARGIN}${checksum}`,
    ].join("\n");
  }
  const failures = [
    ...(failedRuns > 0 ? [`${formatCount(failedRuns)} of ${countOf(runs.length, "run")}`] : []),
    ...(failedFiles > 0 ? [`${failedFiles} of ${countOf(files.length, "file")}`] : []),
  ];
  return [
    `${FAIL}${folder}: ${failures.join(" and ")}, in ${time}`,
    `${MARGIN}expected is what the folder says, actual what was computed here`,
  ].join("\n");
}
