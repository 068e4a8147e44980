import type { Cell } from "../experiment/experiment.ts";
import { isLargerBetter, type Metric } from "../measures/metrics.ts";
import { metricOf } from "../results/run_measures.ts";
import type { KeptResult } from "../results/run_summary.ts";
import { RunningMean } from "../statistics/mean.ts";
import type { PlannedRun } from "./planned_run.ts";
import type { RunEvent, TaskCounts } from "./sweep_events.ts";

/** The cell with the best mean of the metric so far. */
export interface BestCell {
  readonly cell: Cell;
  readonly metric: Metric;
  readonly mean: number;
  /** Completed runs. */
  readonly n: number;
}

/** The progress of a stage at one moment. */
export interface Snapshot {
  /** What is counted, if not runs: a noun in the singular. */
  readonly noun?: string;
  readonly total: number;
  /** Runs with an outcome, known ones included. */
  readonly done: number;
  readonly failed: number;
  /** Runs trained per second; absent until one is. */
  readonly rate?: number;
  readonly secondsLeft?: number;
  readonly best?: BestCell;
  /** Present where a cluster trains. */
  readonly tasks?: TaskCounts;
}

/** Counts the runs of a stage as they end. */
export class Progress {
  readonly total: number;
  /** Runs found in the store. */
  known = 0;
  trained = 0;
  diverged = 0;
  failed = 0;
  /** Time spent training, summed over the runs that were trained. */
  trainSeconds = 0;
  readonly #metric: Metric;
  #flopsLeft: number;
  #flopsTrained = 0;
  readonly #means = new Map<Cell, RunningMean>();

  constructor(metric: Metric, runs: readonly PlannedRun[]) {
    this.total = runs.length;
    this.#metric = metric;
    this.#flopsLeft = runs.reduce((sum, { flops }) => sum + flops, 0);
  }

  /** Counts a run that has ended. */
  add(event: RunEvent): void {
    const { run } = event;
    this.#flopsLeft -= run.flops;
    if (event.kind !== "known") this.#flopsTrained += run.flops;
    if (event.kind === "failed") {
      this.failed++;
      return;
    }
    if (event.kind === "known") this.known++;
    else {
      this.trained++;
      this.trainSeconds += event.result.trainSeconds;
    }
    this.#addResult(run.cell, event.result);
  }

  #addResult(cell: Cell, result: KeptResult): void {
    if (result.status === "diverged") {
      this.diverged++;
      return;
    }
    const value = metricOf(this.#metric, result);
    if (Number.isNaN(value)) return;
    const running = this.#means.get(cell) ?? new RunningMean();
    running.add(value);
    this.#means.set(cell, running);
  }

  /** The state after so many seconds of training. */
  snapshot(elapsedSeconds: number): Snapshot {
    const ended = this.trained + this.failed;
    const timed = this.#flopsTrained > 0 && elapsedSeconds > 0;
    return {
      total: this.total,
      done: this.known + ended,
      failed: this.failed,
      rate: timed ? ended / elapsedSeconds : undefined,
      secondsLeft: timed ? this.#flopsLeft / this.#flopsTrained * elapsedSeconds : undefined,
      best: this.#best(),
    };
  }

  #best(): BestCell | undefined {
    const sign = isLargerBetter(this.#metric) ? 1 : -1;
    let best: BestCell | undefined;
    for (const [cell, { n, mean }] of this.#means) {
      if (!best || sign * mean > sign * best.mean) {
        best = { cell, metric: this.#metric, mean, n };
      }
    }
    return best;
  }
}
