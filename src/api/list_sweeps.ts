import type { Answer } from "../results/answer.ts";
import { REPORTS } from "./sweep_place.ts";

/** A sweep of a folder of reports. */
export interface ListedSweep {
  /** Its folder's name. */
  readonly folder: string;
  /** The experiment's name. */
  readonly name: string;
  /** Its question; empty if it asks none. */
  readonly description: string;
  /** Words that it is found by. */
  readonly tags: readonly string[];
  /** What readers should know, with line breaks; empty if there is nothing. */
  readonly notes: string;
  /** `unfinished`: runs are missing. */
  readonly state: "complete" | "unfinished";
  /** When it began: ISO 8601 in UTC; absent of imported runs. */
  readonly started?: string;
  /** Runs that there are. */
  readonly runs: number;
  /** Runs that it has when it is complete. */
  readonly planned: number;
  /** How many of the runs that there are failed. */
  readonly failed: number;
  /** What its results answer. */
  readonly answer: Answer;
}

/** A folder without readable results. */
export interface UnreadableSweep {
  /** Its name. */
  readonly folder: string;
  /** Why it cannot be read, in words. */
  readonly reason: string;
}

/** What a folder of reports has. */
export interface SweepList {
  /** The latest first. */
  readonly sweeps: readonly ListedSweep[];
  /** By name. */
  readonly unreadable: readonly UnreadableSweep[];
}

/**
 * Lists the sweeps of a folder of reports with what they found, as the page over all sweeps does.
 *
 * @example
 * ```ts
 * import { listSweeps } from "@regsweep/regsweep";
 *
 * const { sweeps } = await listSweeps("reports");
 * for (const { name, answer } of sweeps.filter(({ tags }) => tags.includes("paper"))) {
 *   console.log(name, answer.advice);
 * }
 * ```
 *
 * @throws {UserError} If the folder cannot be listed.
 */
export async function listSweeps(reports: string = REPORTS): Promise<SweepList> {
  const [{ readIndex }, { asUserError }] = await Promise.all([
    import("../report/index/read_index.ts"),
    import("../files/as_user_error.ts"),
  ]);
  try {
    const { entries, unreadable } = await readIndex(reports);
    const sweeps = entries.map(({ folder, name, question, tags, notes, ...entry }) => {
      const { state, started, runs, planned, failed, answer } = entry;
      return {
        ...{ folder, name, description: question, tags, notes },
        ...{ state, ...started !== undefined && { started }, runs, planned, failed, answer },
      };
    });
    return { sweeps, unreadable };
  } catch (error) {
    throw asUserError(error, `Cannot list ${reports}`, 1);
  }
}
