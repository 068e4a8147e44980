import type { Cell } from "../experiment/experiment.ts";
import { isLargerBetter, type Metric } from "../measures/metrics.ts";
import { metricOf } from "../results/run_measures.ts";
import { RunningMean } from "../statistics/mean.ts";
import type { RunResult } from "../trainers/run_result.ts";
import type { PlannedRun } from "./planned_run.ts";

/** The cell with the best mean of the metric so far. */
export interface BestCell {
  readonly cell: Cell;
  readonly mean: number;
  /** Completed runs. */
  readonly n: number;
}

/** Tasks of a cluster that have work to do. */
export interface TaskCounts {
  readonly queued: number;
  readonly running: number;
}

/** How far a sweep is, at one moment. */
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
  /** Given where a cluster trains. */
  readonly tasks?: TaskCounts;
}

/** Counts a sweep's runs as they end. */
export class Progress {
  readonly total: number;
  /** Runs found in the store. */
  known = 0;
  trained = 0;
  diverged = 0;
  failed = 0;
  /** Training alone, summed over the runs of this sweep. */
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

  /** Counts a run that the store knows. */
  addKnown(run: PlannedRun, result: RunResult): void {
    this.known++;
    this.#flopsLeft -= run.flops;
    this.#addResult(run.cell, result);
  }

  /** Counts a run that was trained. */
  addTrained(run: PlannedRun, result: RunResult): void {
    this.trained++;
    this.trainSeconds += result.trainSeconds;
    this.#addWork(run);
    this.#addResult(run.cell, result);
  }

  /** Counts a run that failed. */
  addFailed(run: PlannedRun): void {
    this.failed++;
    this.#addWork(run);
  }

  #addWork({ flops }: PlannedRun): void {
    this.#flopsLeft -= flops;
    this.#flopsTrained += flops;
  }

  #addResult(cell: Cell, result: RunResult): void {
    if (result.status === "diverged") {
      this.diverged++;
      return;
    }
    const running = this.#means.get(cell) ?? new RunningMean();
    running.add(metricOf(this.#metric, result));
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
      if (!best || sign * mean > sign * best.mean) best = { cell, mean, n };
    }
    return best;
  }
}
