import type { Experiment } from "../experiment/experiment.ts";
import { countOf } from "../format_number.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import { sortOutcomes } from "../results/sort_outcomes.ts";
import type { HalvingRow } from "../results/run_row.ts";
import type { Halved } from "./halve.ts";
import { lostIfReplaced } from "./replaced_results.ts";

/** The results that an unfinished sweep has. */
export interface Unfinished {
  /** With the cells that these results compare. */
  readonly experiment: Experiment;
  /** Of the runs that have ended, by cell and then by seed. */
  readonly outcomes: readonly KeptOutcome[];
  readonly halving?: readonly HalvingRow[];
  /** The steps at which all of them were stopped; absent if they are whole. */
  readonly rung?: number;
}

/** What there is while cells are still being stopped early: the last rung that was finished. */
export function lastRung({ experiment, last }: Halved): Unfinished {
  if (!last) return { experiment, outcomes: [] };
  return {
    experiment: last.experiment,
    outcomes: last.outcomes,
    halving: last.rows,
    rung: last.step,
  };
}

/**
 * What there is when cells are trained to their ends: the runs that have ended. As long as one of the
 * cells that were not stopped early has none, the last rung says more.
 */
export function soFar(halved: Halved, outcomes: readonly KeptOutcome[]): Unfinished {
  const { experiment, rows, last } = halved;
  const begun = new Set(outcomes.map(({ cell }) => cell.index));
  if (last && begun.size < experiment.cells.length) return lastRung(halved);
  return { experiment, outcomes: sortOutcomes(outcomes), halving: rows };
}

/**
 * Why an unfinished sweep writes no files, in words: there is nothing to write, or complete results
 * would be lost. Undefined if it does.
 *
 * @param folder The folder of the sweep's results.
 */
export async function unwrittenReason(
  folder: string,
  { experiment, outcomes }: Unfinished,
): Promise<string | undefined> {
  if (outcomes.length === 0) {
    const what = experiment.halving ? "rung" : experiment.looks ? "look" : "run";
    return `no ${what} has ended, so there is nothing to report`;
  }
  const lost = await lostIfReplaced(folder, outcomes.map(({ key }) => key));
  if (lost === 0) return undefined;
  return `the complete results in ${folder} stay as they are, since ${
    countOf(lost, "run")
  } of theirs would be lost; --name NAME writes what there is to another folder`;
}
