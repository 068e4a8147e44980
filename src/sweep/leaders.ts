import type { Dataset } from "../dataset/dataset.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { metricOf } from "../results/run_measures.ts";
import { type LeadingCells, leadingCells, type RunningCell } from "../statistics/leading_cells.ts";
import type { Question } from "../statistics/question.ts";
import { cellNames, type CellSource } from "../wording/describe_cell.ts";
import { aboutCell, aboutExperiment } from "./build_manifest.ts";
import { manifestTrainers } from "./manifest_trainers.ts";
import type { PlannedRun } from "./planned_run.ts";
import { questionOfExperiment } from "./scored_cells.ts";
import type { RunEvent, SweepEvent } from "./sweep_events.ts";

/** The cells that are best so far. */
export interface Leading extends LeadingCells {
  readonly metric: Question["metric"];
  /** A cell in words. */
  readonly name: (cell: string) => string;
}

/** Finds the cells that are best while a sweep runs, from the runs that have ended. */
export class Leaders {
  readonly #experiment: Experiment;
  readonly #question: Question;
  #name: (cell: string) => string;
  /** What cells are named by. */
  #source: CellSource;
  /** By name: stages number their cells each for themselves. */
  readonly #cells = new Map<string, RunningCell & { readonly values: number[]; lost: number }>();
  #isCounting = true;
  /** What was best when it was asked for. */
  #last?: LeadingCells;

  constructor({ experiment, dataset }: { experiment: Experiment; dataset?: Dataset }) {
    this.#experiment = experiment;
    this.#question = questionOfExperiment(experiment, dataset);
    this.#source = { experiment: aboutExperiment(experiment), ...manifestTrainers(experiment) };
    this.#name = cellNames(this.#source);
  }

  add(event: SweepEvent): void {
    switch (event.kind) {
      case "stage_began": {
        const { kind } = event.stage;
        if (kind === "batch") this.#meet(event.runs);
        // After more steps, other cells may be best; looks add to what there is.
        if (kind === "rung" || kind === "runs") this.#cells.clear();
        this.#isCounting = kind !== "scores";
        break;
      }
      case "known":
      case "trained":
      case "failed":
        if (this.#isCounting) this.#count(event);
    }
  }

  /** The best so far; undefined before a run has ended. */
  best(most: number): Leading | undefined {
    const found = leadingCells([...this.#cells.values()], this.#question, most);
    // A stage that has just begun has nothing to compare yet.
    if (found.baseline || !this.#last?.baseline) this.#last = found;
    if (this.#last.cells.length === 0) return undefined;
    return { ...this.#last, metric: this.#experiment.metric, name: this.#name };
  }

  /** Gets to know cells that a search has proposed. */
  #meet(runs: readonly PlannedRun[]): void {
    const { experiment, ...trainers } = this.#source;
    const known = new Set(experiment.cells.map(({ name }) => name));
    const met = new Map(runs.map(({ cell }) => [cell.name, cell]));
    const added = [...met.values()].filter(({ name }) => !known.has(name))
      .map((cell) => aboutCell(cell, this.#experiment.sweptKeys));
    const cells = [...experiment.cells, ...added];
    this.#source = { experiment: { ...experiment, cells }, ...trainers };
    this.#name = cellNames(this.#source);
  }

  #count(event: RunEvent): void {
    const { cell: { name: cell }, replicate } = event.run;
    const counted = this.#cells.get(cell) ?? { cell, values: [], lost: 0 };
    this.#cells.set(cell, counted);
    const value = event.kind !== "failed" && event.result.status === "completed"
      ? metricOf(this.#experiment.metric, event.result)
      : NaN;
    if (Number.isNaN(value)) counted.lost++;
    else counted.values[replicate] = value;
  }
}
