import type { Experiment } from "../../experiment/experiment.ts";
import type { KeptOutcome } from "../../results/run_outcome.ts";
import type { HalvingRow } from "../../results/run_row.ts";
import { sortOutcomes } from "../../results/sort_outcomes.ts";
import type { BegunStage } from "../begin_stage.ts";
import type { FinishedRung, Halved } from "../halve.ts";
import type { PlannedRun } from "../planned_run.ts";
import type { FinishedBatch } from "../search_cells.ts";
import type { Progress } from "../progress.ts";
import type { Stage } from "../sweep_events.ts";

/**
 * The runs of the stage that trained last, or of all looks so far: how many there were, and how they
 * ended.
 */
export type RunCounts = Pick<Progress, "total" | "known" | "trained" | "diverged" | "failed">;
export type SweepCounts = RunCounts & Pick<Progress, "trainSeconds">;

/** The results that a sweep has before it is complete. */
export interface PartialResults {
  /** With the cells that these results compare. */
  readonly experiment: Experiment;
  /** Of the runs that have ended, by cell and then by seed. */
  readonly outcomes: readonly KeptOutcome[];
  readonly halving?: readonly HalvingRow[];
  /** The steps at which all of them were stopped; absent if they are whole. */
  readonly rung?: number;
  /** True if all runs have ended, and their test rows are still to be scored. */
  readonly unscored?: true;
  /** How these runs have ended. */
  readonly progress: SweepCounts;
}

/** Follows a sweep: what it has at any moment, and how its runs have ended. */
export class SoFar {
  #experiment: Experiment;
  #halving?: readonly HalvingRow[];
  #rung?: FinishedRung;
  /** Of looks and batches, those of the ones that were finished. */
  #outcomes: readonly KeptOutcome[] = [];
  #areAllThere = false;
  /** The stage that is being trained, and the looks or batches before it, which count as one with it. */
  #stages: readonly BegunStage[] = [];
  /** The counts when the last batch, rung or look was finished. */
  #finished = sumOf([]);
  /** Of runs that are trained to their ends, without looks: they count as they end. */
  readonly ended = new Map<PlannedRun, KeptOutcome>();

  constructor(experiment: Experiment) {
    this.#experiment = experiment;
  }

  /** The stage that began last, but for scores. */
  get stage(): Stage {
    return this.#stages.at(-1)?.stage ?? { kind: "runs" };
  }

  get counts(): SweepCounts {
    return sumOf(this.#stages.map(({ progress }) => progress));
  }

  begin(begun: BegunStage): void {
    const { kind } = begun.stage;
    this.#stages = [...kind === "look" || kind === "batch" ? this.#stages : [], begun];
  }

  finishRung(rung: FinishedRung): void {
    this.#rung = rung;
    this.#finished = this.counts;
  }

  /** From now on, there are the cells of another batch. */
  finishBatch({ experiment, outcomes, step }: FinishedBatch): void {
    if (step === undefined) {
      this.#experiment = experiment;
      this.#outcomes = [...this.#outcomes, ...outcomes];
    } else {
      const before = this.#rung?.outcomes ?? [];
      this.#rung = { step, experiment, outcomes: [...before, ...outcomes], rows: [] };
    }
    this.#finished = this.counts;
  }

  /** From now on, cells are trained to their ends. */
  beginFinalists({ experiment, rows }: Halved): void {
    this.#experiment = experiment;
    // Those of a search come again with the stage that needs them.
    this.#outcomes = [];
    this.#halving = rows;
  }

  finishLook(outcomes: readonly KeptOutcome[]): void {
    this.#outcomes = [...this.#outcomes, ...outcomes];
    this.#finished = this.counts;
  }

  /** All runs have ended. */
  finishRuns(outcomes: readonly KeptOutcome[]): void {
    this.#outcomes = outcomes;
    this.#areAllThere = true;
  }

  /** Whether what there is compares all cells, by a replicate of each. */
  get hasReplicate(): boolean {
    if (this.#rung || this.#outcomes.length > 0) return true;
    const { cells } = this.#experiment;
    if (this.ended.size < cells.length) return false;
    const counts = new Map<number, number>();
    for (const { replicate } of this.ended.values()) {
      counts.set(replicate, (counts.get(replicate) ?? 0) + 1);
    }
    return counts.values().some((count) => count === cells.length);
  }

  /**
   * What there is now. As long as one of the cells that were not stopped early has no run, the last rung
   * says more.
   */
  get results(): PartialResults {
    const experiment = this.#experiment;
    const ended = this.#outcomes.length > 0 ? this.#outcomes : [...this.ended.values()];
    // What a batch trains does not count before all of it has ended.
    const isBatch = this.#outcomes.length > 0 && !this.#areAllThere;
    const begun = new Set(ended.map(({ cell }) => cell.index));
    if (this.#rung && begun.size < experiment.cells.length) {
      const { rows: halving, step: rung, ...runs } = this.#rung;
      return { ...runs, halving, rung, progress: this.#finished };
    }
    return {
      experiment,
      outcomes: sortOutcomes(ended),
      halving: this.#halving,
      ...this.#areAllThere && { unscored: true },
      progress: experiment.looks || isBatch ? this.#finished : this.counts,
    };
  }
}

/** The counts of stages whose runs count as one sweep's. */
function sumOf(stages: readonly Progress[]): SweepCounts {
  const sum = (count: (stage: Progress) => number) =>
    stages.reduce((sum, stage) => sum + count(stage), 0);
  return {
    total: sum(({ total }) => total),
    known: sum(({ known }) => known),
    trained: sum(({ trained }) => trained),
    diverged: sum(({ diverged }) => diverged),
    failed: sum(({ failed }) => failed),
    trainSeconds: sum(({ trainSeconds }) => trainSeconds),
  };
}
