import type { Answer } from "../results/answer.ts";
import type { PlannedRun } from "../sweep/planned_run.ts";
import type { SweepEvent as InnerEvent } from "../sweep/sweep_events.ts";
import type { SweepResult as InnerResult } from "../sweep/sweep_experiment.ts";
import { refusePrograms } from "./_refuse_programs.ts";
import { type Experiment, openedOf } from "./experiment.ts";
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

/** What happens in a sweep, in order. */
export type SweepEvent =
  /** This is how many runs the experiment has. */
  | { readonly kind: "planned"; readonly runs: number }
  /** `rung` and `look`: some cells go on after it; `scores`: finished runs are scored on test rows. */
  | {
    readonly kind: "stage";
    readonly stage: "rung" | "look" | "runs" | "scores";
    readonly runs: number;
  }
  /** A run of the stage has ended; `known` if the store had it. */
  | {
    readonly kind: "run";
    readonly end: "known" | "trained" | "failed";
    /** Its key in the store. */
    readonly key: string;
    readonly cell: string;
    readonly seed: number;
    /** From 1; absent without folds. */
    readonly fold?: number;
    /** The experiment's metric, in the middle of the stage `rung` at the step where it stops. */
    readonly metric?: number;
    /** Why it failed, in words. */
    readonly failure?: string;
  }
  /** Something that a user may want to know, in words. */
  | { readonly kind: "message"; readonly text: string }
  /** All files of results are in the folder. */
  | { readonly kind: "written"; readonly folder: string };

/** How a sweep is run. */
export interface SweepOptions extends Omit<SweepPlace, "onMessage"> {
  /** The time after which no run begins, in seconds, in place of the experiment's budget. */
  readonly budgetSeconds?: number;
  /** The most runs that it may have; 10,000 if not given. */
  readonly maxRuns?: number;
  /** True: the first run that fails ends the sweep. */
  readonly failFast?: boolean;
  /** True: programs that the experiment names may be started, with all rights of this process. */
  readonly startsPrograms?: boolean;
  /** Interrupts the sweep when it aborts: what has finished by then is kept. */
  readonly signal?: AbortSignal;
  /** Called with what happens, as it happens. */
  readonly onEvent?: (event: SweepEvent) => void;
}

/** How a sweep ended. */
export interface SweepResult {
  /**
   * `complete`: every run has ended. `unfinished`: the budget was spent first. `stopped`: a run failed,
   * and the others are not wanted without it. `interrupted`: the signal aborted.
   */
  readonly state: "complete" | "unfinished" | "stopped" | "interrupted";
  /** How its runs have ended. */
  readonly runs: RunCounts;
  /** The folder of results; absent if nothing was written. */
  readonly folder?: string;
  /** What the results answer; absent where they are not complete. */
  readonly answer?: Answer;
}

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
  const opened = openedOf(experiment);
  const [{ sweepExperiment: sweep }, { metricOf }, { answerOf }] = await Promise.all([
    import("../sweep/sweep_experiment.ts"),
    import("../results/run_measures.ts"),
    import("../report/answer_of.ts"),
  ]);
  const { reports = REPORTS, workers = workersHere(), kernels } = options;
  const { budgetSeconds, maxRuns, failFast } = options;
  const { trainers, outline, metric } = opened.experiment;
  const valueOf = (event: Extract<InnerEvent, { result: unknown }>) =>
    metricOf(metric, event.result);
  const result = await sweep(opened, {
    ...{ reports, workers, kernels, budgetSeconds, maxRuns, failFast, signal },
    onEvent: (event) => {
      for (const told of publicEvents(event, valueOf)) onEvent(told);
    },
    approve: () => refusePrograms(trainers.select(outline.trainers), startsPrograms),
  });
  return publicResult(result, answerOf);
}

function publicEvents(
  event: InnerEvent,
  valueOf: (event: Extract<InnerEvent, { result: unknown }>) => number,
): SweepEvent[] {
  switch (event.kind) {
    case "planned":
    case "written":
      return [event];
    case "message":
    case "run_message":
      return [{ kind: "message", text: event.text }];
    case "stage_began":
      return [{ kind: "stage", stage: event.stage.kind, runs: event.runs.length }];
    case "known":
    case "trained":
      return [{ kind: "run", end: event.kind, ...named(event.run), metric: valueOf(event) }];
    case "failed":
      return [{ kind: "run", end: "failed", ...named(event.run), failure: event.failure }];
    case "stage_ended":
    case "tasks":
      return [];
  }
}

function named({ key, cell, task: { seed, fold } }: PlannedRun) {
  return { key, cell: cell.name, seed, ...fold !== undefined && { fold } };
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
      throw new Error("Only a cluster's sweep can be detached");
  }
}
