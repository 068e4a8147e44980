import type { Check } from "../verify/check.ts";
import type { Verdict } from "../verify/verify_folder.ts";
import type { ImportVerdict } from "../verify/verify_import.ts";
import { allowPrograms } from "./_allow_programs.ts";
import { Details } from "./details.ts";
import { programsOf, type StartsPrograms } from "./programs.ts";
import { publicEvents, type SweepEvent } from "./sweep_events.ts";
import { type SweepPlace, workersHere } from "./sweep_place.ts";

/** How a folder of results is verified. */
export interface VerifyOptions extends Omit<SweepPlace, "reports" | "onMessage"> {
  /** The dataset's file, if it is not where the experiment says. */
  readonly dataset?: string;
  /** The same for the file with the test rows. */
  readonly test?: string;
  /** How many runs to compute again, and the seed that draws them; all if not given. */
  readonly sample?: { readonly size: number; readonly seed: number };
  /** Whether programs that the experiment names may be started; false if not given. */
  readonly startsPrograms?: StartsPrograms;
  /** Interrupts the verification when it aborts. */
  readonly signal?: AbortSignal;
  /** Called when a run was computed again, with how many have been and how many there are to do. */
  readonly onRun?: (done: number, total: number) => void;
  /** Called with what happens, as it happens; a run that differs from the folder counts as failed. */
  readonly onEvent?: (event: SweepEvent) => void;
}

/** A run or a file that is not what was computed. */
export interface Mismatch {
  /** `dropout=0.5, seed 3`, or a file's name. */
  readonly subject: string;
  /** What differs, in words. */
  readonly findings: readonly string[];
}

/** What a verification found. */
export interface Verification {
  /** Whether all that was checked is right. */
  readonly isRight: boolean;
  /** How many runs were computed again. */
  readonly runs: number;
  /** How many files were checked. */
  readonly files: number;
  /** Present if the runs were imported: then files and statistics are checked, and no run. */
  readonly isImported?: true;
  /** SHA-256 of runs.csv, in hex. */
  readonly checksum: string;
  /** What is wrong; empty if all is right. */
  readonly mismatches: readonly Mismatch[];
}

/** All that is known of verifications. */
export const VERIFIED = new Details<Verification, Verdict | ImportVerdict>("verifyResults()");

/**
 * Computes the runs of a folder of results again, and compares them and the files with the folder. Of
 * imported runs, it can only check files and statistics.
 *
 * @example
 * ```ts
 * import { verifyResults } from "@regsweep/regsweep";
 *
 * const { isRight } = await verifyResults("reports/sample", { sample: { size: 1, seed: 1 } });
 * console.log(isRight);
 * ```
 *
 * @throws {UserError} If the folder does not hold a sweep of one dataset (`verifyCollection()` is for
 * several), another version of a trainer made it, or its dataset is missing.
 * @throws The signal's reason, if it aborts.
 */
export async function verifyResults(
  folder: string,
  options: VerifyOptions = {},
): Promise<Verification> {
  const { dataset, test, sample, workers = workersHere(), kernels, startsPrograms } = options;
  const { signal = new AbortController().signal, onRun = () => {}, onEvent = () => {} } = options;
  const { verifyFolder } = await import("../verify/verify_folder.ts");
  let [done, total] = [0, 0];
  const told = publicEvents();
  const result = await verifyFolder(folder, {
    ...{ dataset, test, sample, workers, kernels, signal },
    onEvent: (event) => {
      if (event.kind === "stage_began") total += event.runs.length;
      else if ("run" in event) onRun(++done, total);
      onEvent(told(event));
    },
    allow: (trainers) => allowPrograms(programsOf(trainers), startsPrograms),
  });
  if (result.state === "interrupted") throw signal.reason;
  const { files, isRight, checksum } = result.verdict;
  const runs = result.state === "imported" ? [] : result.verdict.runs;
  const verification: Verification = {
    ...{ isRight, runs: runs.length, files: files.length, checksum },
    ...result.state === "imported" && { isImported: true },
    mismatches: mismatchesIn([...runs, ...files]),
  };
  return VERIFIED.keep(verification, result.verdict);
}

/** What is wrong according to checks. */
export function mismatchesIn(checks: readonly Check[]): Mismatch[] {
  return checks.filter(({ findings }) => findings.length > 0).map(mismatch);
}

function mismatch({ subject, findings }: Check): Mismatch {
  return {
    subject,
    findings: findings.map(({ what, expected, actual }) => {
      const [said, found] = [expected, actual].map((value) => value ?? "nothing");
      return expected === undefined && actual === undefined
        ? what
        : `${what}: ${said} in the folder, ${found} computed`;
    }),
  };
}
