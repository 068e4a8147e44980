import type { Document, YAMLMap } from "yaml";
import type {
  GapChoice,
  PreparationOptions,
  Standardization,
} from "../dataset/preparation_options.ts";
import type { SplitOptions, WrittenSplit } from "../dataset/split_options.ts";
import type { TableOptions } from "../dataset/table_options.ts";
import type { Task } from "../measures/measure.ts";
import { extraMeasures, type Metric } from "../measures/metrics.ts";
import type { Config, HyperparameterValue } from "../trainers/hyperparameter.ts";
import type { Trainer, TrainerName } from "../trainers/trainer.ts";
import type { Trainers } from "../trainers/trainers.ts";
import type { Place } from "../user_error.ts";
import type { LauncherOptions } from "./launcher_options.ts";
import type { NodePath } from "./source/yaml_source.ts";

/** What intervals claim: for another sample from the same source, or for exactly these rows. */
export const SCOPES = ["new_data", "this_data"] as const;
export type Scope = typeof SCOPES[number];

/** The most runs that an experiment may have, and so the most cells and seeds. */
export const MAXIMUM_RUNS = 1_000_000;

/** The `dataset:` block of an experiment. */
export interface DatasetOptions extends TableOptions {
  /** Relative to the working directory, or absolute. */
  readonly path: string;
  /** The name of the column. */
  readonly target: string;
  readonly split: SplitOptions;
  /** Of the cells that do not sweep it. */
  readonly standardize: Standardization;
  /** Of the cells that do not sweep it; absent if no cell of the table is missing. */
  readonly impute?: GapChoice;
}

/** A trainer of the user's own, as an experiment has it. */
export interface WrittenTrainer {
  readonly trainer: Trainer;
  /** The mapping that defines a program, with its comments; absent for a module. */
  readonly mapping?: YAMLMap;
}

/** One combination of swept values. */
export interface Cell {
  /** Its place in the experiment's order, from 0. */
  readonly index: number;
  /** `l1_penalty=0.001`, or `key=value key=value`: unique in its experiment; `all` without a grid. */
  readonly name: string;
  /** The keys that its block of the grid sweeps, joined by ` × `: one curve of the report. */
  readonly technique: string;
  readonly trainer: TrainerName;
  /** All of its trainer's hyperparameters. */
  readonly config: Config;
  /** How its rows are prepared, as far as some cell sweeps it; the dataset's options say the rest. */
  readonly preparation?: Partial<PreparationOptions>;
}

/** An experiment's cells, in order, up to a million: each is made when it is read. */
export interface Cells extends Iterable<Cell> {
  readonly length: number;
  at(index: number): Cell | undefined;
  /** A cell's value of a key, or its trainer; undefined if its trainer has no such key. */
  valueAt(index: number, key: string): HyperparameterValue | undefined;
  /**
   * The index of the cell with a trainer and its config; -1 if there is none.
   *
   * @param preparation How its rows are prepared, where cells differ in it.
   */
  indexOfConfig(
    trainer: TrainerName,
    config: Config,
    preparation?: Partial<PreparationOptions>,
  ): number;
  find(isWanted: (cell: Cell) => boolean): Cell | undefined;
  map<T>(transform: (cell: Cell, index: number) => T): T[];
  flatMap<T>(transform: (cell: Cell, index: number) => T | readonly T[]): T[];
}

/** The most runs that a sweep trains without `--max-runs`. */
export const UNASKED_RUNS = 10_000;

/** A pattern and how many cells it matches. */
export interface PatternMatch {
  /** In one line. */
  readonly pattern: string;
  readonly cells: number;
}

/** How an experiment's cells came about, in words for `plan`. */
export interface Outline {
  /** The trainers of the cells. */
  readonly trainers: readonly TrainerName[];
  /** The files that it extends, nearest first. */
  readonly extends: readonly string[];
  /** A line for each block of the grid. */
  readonly grid: readonly string[];
  readonly exclude: readonly PatternMatch[];
  readonly only: readonly PatternMatch[];
}

/** Successive halving: more steps for the cells that do best with few. */
export interface Halving {
  /** What cells are ranked by, at the end of each rung. */
  readonly metric: Metric;
  /** Steps of the first rung. */
  readonly minSteps: number;
  /** One in `eta` cells goes on to the next rung, which has `eta` times as many steps. */
  readonly eta: number;
}

/**
 * A search for good cells: they are proposed batch by batch, by the results of those before. Those so
 * far are the experiment's cells.
 */
export interface Search {
  /** How many cells there are after each batch so far. */
  readonly batches: readonly number[];
  /** How many batches there are in all, at most. */
  readonly batchCount: number;
  /** How many points there are in all, at most. */
  readonly pointCount: number;
  /** How many cells are still to be proposed after so many batches, at most. */
  cellsAfter(batches: number): number;
  /**
   * Proposes the next batch; undefined if the search has ended. Cells keep their indexes.
   *
   * @param merits How good each cell is, by its index: larger is better; -Infinity without a result.
   * @param isTrainable Whether a cell can be trained on the dataset: others are not proposed; nor are
   * those that the experiment's own rules forbid. All can be if it is not given.
   */
  next(
    merits: readonly number[],
    isTrainable?: (cell: Cell) => boolean,
  ): SearchedCells | undefined;
}

/** An experiment's cells after another batch of a search. */
export interface SearchedCells extends Pick<Experiment, "cells" | "duplicates"> {
  readonly search: Search;
  /** Where a cell's value of a key is written. */
  placeOf(index: number, key: string): Place;
}

/** The best cell of a search after a batch. */
export interface BestOfBatch {
  /** How many cells there were by then. */
  readonly cells: number;
  /** The name of the best of them; absent if none has a result of each of its runs. */
  readonly best?: string;
  /** Its mean of what the search compares cells by. */
  readonly mean?: number;
}

/** What a search has found. */
export interface Searched {
  /** By batch: those that have results. */
  readonly found: readonly BestOfBatch[];
  /** Whether there are no more batches. */
  readonly isOver: boolean;
}

/** Where values are written. */
export interface Places {
  /** The path of the dataset. */
  readonly dataset: Place;
  /** How its rows are split, or the dataset if that is not written. */
  readonly split: Place;
  /** The value at a path; no more than the file if there is none. */
  of(path: NodePath): Place;
  /** A cell's value of a key; no more than the file if it is the default. */
  ofValue(cell: Cell, key: string): Place;
}

/** How results are cited. */
export interface CiteOptions {
  /** Who made them: `Family, Given`, or the name of a group. Empty if nobody is named. */
  readonly authors: readonly string[];
}

/** One experiment, checked and resolved: its file, with what its dataset decides. */
export interface Experiment {
  readonly name: string;
  /** The name of the experiment with `datasets:` of which it is one; absent if it stands alone. */
  readonly collection?: string;
  readonly description: string;
  /** Words that it is found by; absent if there are none. */
  readonly tags?: readonly string[];
  /** What readers of its results should know, with line breaks; absent if there is nothing. */
  readonly notes?: string;
  /** Given if its results come with how to cite them. */
  readonly cite?: CiteOptions;
  /** The file as the user named it. */
  readonly file: string;
  /** Absent if none of its trainers needs one. */
  readonly dataset?: DatasetOptions;
  /** All trainers that it may name: the built-in ones, and its own after them. */
  readonly trainers: Trainers;
  /** How it defines its own; absent if it has none. */
  readonly ownTrainers?: readonly WrittenTrainer[];
  /** Keys that some block of the grid sweeps, in the table's order: columns of the CSV files. */
  readonly sweptKeys: readonly string[];
  /** What every cell has in common, other than defaults. */
  readonly fixed: Readonly<Record<string, HyperparameterValue>>;
  /** In the order written, the last key varying fastest, duplicates dropped. */
  readonly cells: Cells;
  /** How many combinations were dropped because an earlier one has the same config. */
  readonly duplicates: number;
  /** Of cells that get as many as they can have. */
  readonly seeds: readonly number[];
  /**
   * The numbers of seeds after which cells that are decided get no more, ascending, up to that of all
   * seeds; absent if every cell gets all.
   */
  readonly looks?: readonly number[];
  /** Index of the cell that the others are compared with. */
  readonly baseline: number;
  /** What the target of its dataset is: classes or quantities. Absent without a dataset. */
  readonly task?: Task;
  readonly metric: Metric;
  /** Keys of measures that it asks for besides those that all have; absent if it names none. */
  readonly measures?: readonly string[];
  /** Differences of the metric smaller than this are of no practical interest; absent if any can be. */
  readonly equivalence?: number;
  readonly scope: Scope;
  readonly outline: Outline;
  /** Absent if every cell is trained to its end. */
  readonly halving?: Halving;
  /** Absent if all cells are known beforehand. */
  readonly search?: Search;
  /** How far the search has come; absent before its first batch has results. */
  readonly searched?: Searched;
  /** The time that a sweep of it may take; absent if there is no limit. */
  readonly budgetSeconds?: number;
  /** How to run it on a cluster, as far as the file specifies it. */
  readonly launcher: LauncherOptions;
  /** For problems that only the dataset shows. */
  readonly places: Places;
  /** What was read, with what it extends and the overrides in it: `textToKeep()` writes it. */
  readonly document: Document;
}

/** An experiment whose runs learn from a dataset. */
export interface DatasetExperiment extends Experiment {
  readonly dataset: DatasetOptions;
  readonly task: Task;
}

/** What an experiment file leaves to its dataset can be absent. */
type Optional<T, Key extends keyof T> = Omit<T, Key> & Partial<Pick<T, Key>>;

/** The `dataset:` block of an experiment, with what it leaves to the dataset left open. */
export type WrittenDataset =
  & Omit<Optional<DatasetOptions, "standardize">, "target" | "split">
  & Pick<TableOptions, "target">
  & { readonly split?: WrittenSplit };

/** One experiment file, checked as far as that is possible without its dataset. */
export interface WrittenExperiment
  extends Omit<Experiment, "dataset" | "task" | "metric" | "equivalence" | "halving"> {
  /** Absent if none of its trainers needs one. */
  readonly dataset?: WrittenDataset;
  /**
   * Present if the cells depend on how features are standardized, and the file leaves that to the dataset:
   * what was assumed. On a dataset of another kind, there are other cells.
   */
  readonly cellsAssume?: Standardization;
  readonly metric?: Metric;
  readonly equivalence?: number;
  readonly halving?: Optional<Halving, "metric">;
}

/** Keys of the measures that an experiment asks for beside the default ones. */
export function wantedMeasures(
  { metric, halving, measures }: Pick<Experiment, "metric" | "halving" | "measures">,
): string[] {
  return extraMeasures([metric, ...halving ? [halving.metric] : []], measures);
}

/** The cell that the others are compared with. */
export function baselineCell({ cells, baseline }: Experiment): Cell {
  const cell = cells.at(baseline);
  if (!cell) throw new RangeError(`Cannot find cell ${baseline} of ${cells.length}`);
  return cell;
}
