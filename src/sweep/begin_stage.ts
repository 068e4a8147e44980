import type { Metric } from "../measures/metrics.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { PlannedRun } from "./planned_run.ts";
import { Progress } from "./progress.ts";
import type { EventListener, RunEvent, Stage, StageAhead, Work } from "./sweep_events.ts";

/** A stage that has begun. */
export interface BegunStage {
  readonly stage: Stage;
  readonly progress: Progress;
  /** Counts an event of the stage's runs, and passes it on. */
  readonly onEvent: EventListener<RunEvent>;
  /** Announces the end of the stage. */
  readonly end: (outcomes?: readonly KeptOutcome[]) => void;
}

export interface StageOptions {
  /** The metric of the experiment. */
  readonly metric: Metric;
  readonly onEvent: EventListener;
  /** What the runs come to, where that is not the work of training all of them. */
  readonly work?: Work;
  /** The stages that follow; none if not given. */
  readonly ahead?: readonly StageAhead[];
}

/** Announces a stage that trains these runs, and counts them from now on. */
export function beginStage(
  stage: Stage,
  runs: readonly PlannedRun[],
  { metric, onEvent, work, ahead = [] }: StageOptions,
): BegunStage {
  const progress = new Progress(runs.length);
  onEvent({ kind: "stage_began", stage, runs, metric, ...work && { work }, ahead });
  return {
    stage,
    progress,
    onEvent: (event) => {
      progress.add(event);
      onEvent(event);
    },
    end: (outcomes) => onEvent({ kind: "stage_ended", stage, outcomes }),
  };
}
