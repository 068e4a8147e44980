import type { Dataset } from "../../dataset/dataset.ts";
import { outputCount } from "../../dataset/output_count.ts";
import { learnPreparation, type Preparation } from "../../dataset/preparation.ts";
import { type Split, splitRows } from "../../dataset/split_rows.ts";
import type { Kernels } from "../../kernels/kernels.ts";
import type { DatasetTask } from "../on_dataset.ts";
import type { MlpParameters } from "./_mlp_parameters.ts";
import { fillTargets } from "./row_targets.ts";
import type { RunLayout } from "./_run_layout.ts";
import { fillRunRows } from "./_training_rows.ts";
import type { Arena } from "./arena.ts";

/** Larger initial weights are drawn anew for each run. */
const MOST_KEPT_BYTES = 2 ** 24;

/** The rows of a run, and how they become a model's inputs. */
export interface DrawnRows {
  readonly numbers: Split;
  readonly preparation: Preparation;
}

/**
 * What runs of one seed start from, whatever their cells: rows and initial weights. A sweep trains
 * them one after another, so the last run's are kept: its rows where they are in the kernels' memory,
 * which nothing else may use.
 */
export class SeedStart {
  readonly #kernels: Kernels;
  #dataset: Dataset | undefined;
  /** What determines the rows, beside the dataset. */
  #draw: string | undefined;
  #drawn: DrawnRows | undefined;
  /** The rows' regions, if the memory has them as drawn. */
  #filled: string | undefined;
  /** What determines the weights. */
  #drawing: string | undefined;
  #weights: readonly Uint8Array[] = [];

  constructor(kernels: Kernels) {
    this.#kernels = kernels;
  }

  /**
   * Draws a run's rows.
   *
   * @throws {UserError} If the dataset has too few rows for the split.
   */
  draw(dataset: Dataset, task: DatasetTask): DrawnRows {
    const { split, seed, fold, standardize, impute } = task;
    const draw = JSON.stringify([split, seed, fold, standardize, impute]);
    if (this.#drawn && dataset === this.#dataset && draw === this.#draw) return this.#drawn;
    this.#filled = undefined;
    const numbers = splitRows(dataset, split, seed, fold);
    const preparation = learnPreparation(dataset, numbers.train, task);
    this.#dataset = dataset;
    this.#draw = draw;
    return this.#drawn = { numbers, preparation };
  }

  /**
   * Allocates a run's regions and fills those of its rows with the rows that `draw()` gave last.
   *
   * @throws {UserError} If the regions need more than WebAssembly or this machine allows.
   */
  fill(arena: Arena, { rows, rowsEnd }: RunLayout): void {
    if (!this.#dataset || !this.#drawn) throw new TypeError("Draw rows before they are filled in");
    const regions = JSON.stringify(rows);
    const isThere = regions === this.#filled;
    this.#filled = undefined;
    arena.allocate(this.#kernels.memory, isThere ? rowsEnd : undefined);
    if (!isThere) {
      const { numbers, preparation } = this.#drawn;
      const options = { classes: outputCount(this.#dataset), scale: preparation.target };
      fillRunRows(this.#kernels, rows, this.#dataset, numbers, preparation);
      fillTargets(this.#kernels, rows, this.#dataset.targets, numbers, options);
    }
    this.#filled = regions;
  }

  /** Gives a model its initial weights: draws them, unless the last run had the same. */
  initialize(parameters: MlpParameters, seed: number | string): void {
    const drawing = JSON.stringify([seed, parameters.drawing]);
    if (drawing === this.#drawing) return parameters.initializeFrom(this.#weights);
    parameters.initialize(seed);
    const isKept = parameters.initialBytes <= MOST_KEPT_BYTES;
    this.#drawing = isKept ? drawing : undefined;
    this.#weights = isKept ? parameters.saveInitial() : [];
  }
}
