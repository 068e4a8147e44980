import type { Answer } from "../results/answer.ts";
import type { SlurmChoice } from "../sweep/slurm/make_slurm_launcher.ts";
import type { SweepResult as InnerResult } from "../sweep/sweep_experiment.ts";
import { allowPrograms } from "./_allow_programs.ts";
import { Details } from "./details.ts";
import { type Experiment, OPENED } from "./experiment.ts";
import type { StartsPrograms } from "./programs.ts";
import { publicEvents, type SweepEvent } from "./sweep_events.ts";
import { REPORTS, type SweepPlace, workersHere } from "./sweep_place.ts";

/** How runs have ended so far: of the last stage, where a sweep has several. */
export interface RunCounts {
  /** All of them. */
  readonly total: number;
  /** The store had them. */
  readonly known: number;
  /** They were trained. */
  readonly trained: number;
  /** Of these, those whose loss became infinite or not a number. */
  readonly diverged: number;
  /** They have no result. */
  readonly failed: number;
}

/** How a sweep is run. */
export interface SweepOptions extends Omit<SweepPlace, "onMessage"> {
  /** The time after which no run begins, in seconds, in place of the experiment's budget. */
  readonly budgetSeconds?: number;
  /** The time that a run may take on this machine, in seconds; by its work if not given. */
  readonly runTimeoutSeconds?: number;
  /** The most bytes that models and checkpoints may have in the store; 2 GB if not given. */
  readonly modelSpace?: number;
  /** True: the models of the cell that the answer says to use are saved in the folder of results. */
  readonly savesModels?: boolean;
  /** Given to train on the Slurm cluster that this machine belongs to. */
  readonly slurm?: SlurmChoice;
  /** The command that sweeps, in words, for the manifest. */
  readonly command?: readonly string[];
  /** The most runs that it may have; 10,000 if not given. */
  readonly maxRuns?: number;
  /** True: the first run that fails ends the sweep. */
  readonly failFast?: boolean;
  /** Whether programs that the experiment names may be started; false if not given. */
  readonly startsPrograms?: StartsPrograms;
  /** Interrupts the sweep when it aborts: what has finished by then is kept. */
  readonly signal?: AbortSignal;
  /** Called with what happens, as it happens. */
  readonly onEvent?: (event: SweepEvent) => void;
}

/** How a sweep ended. */
export interface SweepResult {
  /**
   * `complete`: every run has ended. `unfinished`: the budget was spent first. `stopped`: a run failed,
   * and the others are not wanted without it. `interrupted`: the signal aborted. `detached`: the missing
   * runs are a cluster's now.
   */
  readonly state: "complete" | "unfinished" | "stopped" | "interrupted" | "detached";
  /** How its runs have ended. */
  readonly runs: RunCounts;
  /** The folder of results; absent if nothing was written. */
  readonly folder?: string;
  /** What the results answer; absent where they are not complete. */
  readonly answer?: Answer;
}

/** All that is known of results. */
export const SWEPT = new Details<SweepResult, InnerResult>("sweepExperiment()");

/**
 * Trains the runs of an experiment that the store does not know, in workers without permissions, and
 * writes results, report and index as `deno task sweep` does.
 *
 * @example
 * ```ts
 * import { readExperiment, sweepExperiment } from "@regsweep/regsweep";
 *
 * const experiment = await readExperiment("experiments/quick.yaml", { seeds: "2" });
 * const { state, answer } = await sweepExperiment(experiment, {
 *   onEvent: (event) => {
 *     if (event.kind === "run") console.log(event.cell, event.seed, event.metric);
 *   },
 * });
 * console.log(state, answer?.advice);
 * ```
 *
 * @throws {UserError} If the experiment has too many runs or does not suit its dataset, a folder cannot
 * be read or written, or it names a program that may not be started.
 */
export async function sweepExperiment(
  experiment: Experiment,
  options: SweepOptions = {},
): Promise<SweepResult> {
  const { signal = new AbortController().signal, onEvent = () => {}, startsPrograms } = options;
  const { reports = REPORTS, workers = workersHere(), kernels, slurm, command } = options;
  const { budgetSeconds, runTimeoutSeconds, modelSpace, savesModels, maxRuns, failFast } = options;
  const [{ sweepExperiment: sweep }, { answerOf }] = await Promise.all([
    import("../sweep/sweep_experiment.ts"),
    import("../report/answer_of.ts"),
  ]);
  const told = publicEvents();
  const result = await sweep(OPENED.of(experiment), {
    ...{ reports, workers, kernels, slurm, command, signal },
    ...{ budgetSeconds, runTimeoutSeconds, modelSpace, savesModels, maxRuns, failFast },
    onEvent: (event) => onEvent(told(event)),
    // Nobody should read and approve a program for a sweep that is then refused.
    approve: () => allowPrograms(experiment.programs, startsPrograms),
  });
  return SWEPT.keep(publicResult(result, answerOf), result);
}

function publicResult(
  result: InnerResult,
  answerOf: (results: Extract<InnerResult, { results: unknown }>["results"]) => Answer,
): SweepResult {
  const { total, known, trained, diverged, failed } = result.counts;
  const runs = { total, known, trained, diverged, failed };
  switch (result.state) {
    case "complete":
    case "unfinished":
      return {
        ...{ state: result.state, runs, folder: result.folder },
        answer: answerOf(result.results),
      };
    case "stopped":
    case "interrupted": {
      const { state, folder } = result;
      return { state, runs, ...folder !== undefined && { folder } };
    }
    case "unwritten":
      return { state: "unfinished", runs };
    case "detached":
      return { state: "detached", runs };
  }
}
