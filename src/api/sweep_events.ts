import { DEFAULT_METRIC, type Metric } from "../measures/metrics.ts";
import { metricOf } from "../results/run_measures.ts";
import type { PlannedRun } from "../sweep/planned_run.ts";
import type { SweepEvent as InnerEvent } from "../sweep/sweep_events.ts";
import { Details } from "./details.ts";

/**
 * A part of a sweep. `batch`: a search proposes cells by it; `rung` and `look`: some cells go on after it;
 * `scores`: finished runs are scored on test rows.
 */
export type StageKind = "batch" | "rung" | "look" | "runs" | "scores";

/** What happens in a sweep, in order. */
export type SweepEvent =
  /** This is how many runs the experiment has. */
  | { readonly kind: "planned"; readonly runs: number }
  /** A stage of so many runs begins. */
  | {
    readonly kind: "stage";
    readonly stage: StageKind;
    readonly runs: number;
  }
  /** All runs of the stage have ended. */
  | { readonly kind: "stage_end"; readonly stage: StageKind }
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
  /** A cluster has so many tasks with work to do. */
  | { readonly kind: "tasks"; readonly queued: number; readonly running: number }
  /** Something that a user may want to know, in words. */
  | { readonly kind: "message"; readonly text: string }
  /** All files of results are in the folder. */
  | { readonly kind: "written"; readonly folder: string };

/** All that is known of events. */
export const EVENTS = new Details<SweepEvent, InnerEvent>("a sweep or a verification");

/** Converts the events of one sweep or verification, in order, to those that scripts receive. */
export function publicEvents(): (event: InnerEvent) => SweepEvent {
  let metric: Metric = DEFAULT_METRIC;
  return (event) => {
    if (event.kind === "stage_began") metric = event.metric;
    return EVENTS.keep(publicEvent(event, metric), event);
  };
}

function publicEvent(event: InnerEvent, metric: Metric): SweepEvent {
  switch (event.kind) {
    case "planned":
    case "written":
      return { ...event };
    case "message":
    case "run_message":
      return { kind: "message", text: event.text };
    case "stage_began":
      return { kind: "stage", stage: event.stage.kind, runs: event.runs.length };
    case "stage_ended":
      return { kind: "stage_end", stage: event.stage.kind };
    case "known":
    case "trained":
      return {
        ...{ kind: "run", end: event.kind, ...named(event.run) },
        metric: metricOf(metric, event.result),
      };
    case "failed":
      return { kind: "run", end: "failed", ...named(event.run), failure: event.failure };
    case "tasks":
      return { kind: "tasks", ...event.counts };
  }
}

function named({ key, cell, task: { seed, fold } }: PlannedRun) {
  return { key, cell: cell.name, seed, ...fold !== undefined && { fold } };
}
