import type { PartSizes } from "../dataset/part_sizes.ts";
import type { GapChoice, Standardization } from "../dataset/preparation_options.ts";
import type { BestOfBatch, Halving, Scope } from "../experiment/experiment.ts";
import type { Task } from "../measures/measure.ts";
import type { Metric } from "../measures/metrics.ts";
import type { HyperparameterValue } from "../trainers/hyperparameter.ts";
import type { ShownMeasure } from "../trainers/own_measures.ts";
import type { TrainerName } from "../trainers/trainer.ts";
import type { Answer } from "./answer.ts";
import type { OwnDescription } from "./own_description.ts";

/** A hyperparameter with different values in different cells, and its label in the report. */
export interface SweptKey {
  /** Its column in the CSV files. */
  readonly key: string;
  readonly label: string;
  readonly unit?: string;
  /** True if it is the strength of a regularizer: the report plots the metric over it. */
  readonly regularizer: boolean;
}

/** A cell as planned; its results are in cells.csv. */
export interface ManifestCell {
  readonly name: string;
  /** The keys that its block of the grid sweeps, joined by ` × `. */
  readonly technique: string;
  /** Values of all swept keys, defaults included; empty text if the cell has no such key. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
}

/** A search for good cells, batch by batch. */
export interface ManifestSearch {
  /** How cells are proposed: the tree-structured Parzen estimator. */
  readonly method: "tpe";
  /** How many points it may propose, and in how many batches. */
  readonly points: number;
  readonly batches: number;
  /** The best cell after each batch. */
  readonly found: readonly BestOfBatch[];
}

/** How a dataset's file is read. */
export interface ManifestReading {
  /** `text`, or `parquet`, to which the other members do not apply. */
  readonly format: string;
  /** What stands between fields, by its name: `comma`. */
  readonly separator: string;
  readonly header: boolean;
  readonly decimal: string;
  readonly encoding: string;
  /** How lines begin that are no records; "" if all are. */
  readonly comment: string;
  /** Lines that are left out at the start. */
  readonly skipRows: number;
}

/** A column of a dataset's file. */
export interface ManifestColumn {
  readonly name: string;
  /** What its cells look like: `number`, `category` and so on. */
  readonly type: string;
  /** What it is used as: `feature`, `drop` and so on. */
  readonly use: string;
  /** Why, if its type does not say so. */
  readonly why?: string;
  /** Cells without a value. */
  readonly missing: number;
}

/** A class of the dataset. */
export interface ClassCount {
  readonly name: string;
  readonly rows: number;
  /** How many of them are test rows, if these have a file of their own. */
  readonly testRows?: number;
}

/** The dataset that a sweep's runs have in common, and how it is split and prepared. */
export interface ManifestDataset {
  /** The file's name, without its folder. */
  readonly path: string;
  readonly target: string;
  readonly rows: number;
  /** Whether the target is a class or a quantity. Earlier versions, which knew classes only, did not say. */
  readonly task?: Task;
  /** Number of a model's inputs. */
  readonly features: number;
  /** Number of classes; 0 of quantities. */
  readonly classes: number;
  /** How many rows each class has, in the classes' order. Earlier versions did not count. */
  readonly classCounts?: readonly ClassCount[];
  /** How the file is read; earlier versions, which knew one way, did not say. */
  readonly reading?: ManifestReading;
  /**
   * The columns of the file, in its order; of many, those that are more than a number without gaps
   * which models learn from. Earlier versions, which used all as they were, did not list them.
   */
  readonly columns?: readonly ManifestColumn[];
  /** Rows of the file that are left out, by the reason; absent if none is. */
  readonly droppedRows?: Readonly<Record<string, number>>;
  /** The name of the file with the test rows, if they have one of their own. */
  readonly test?: string;
  /** SHA-256 of the (decompressed) file, in hex. */
  readonly checksum: string;
  /** The same of the file with the test rows, if there is one. */
  readonly testChecksum?: string;
  readonly standardize: Standardization;
  /** Absent if no cell of the table is missing. */
  readonly impute?: GapChoice;
  readonly split: {
    readonly train: number;
    readonly validation: number;
    readonly test: number;
    readonly resplit: boolean;
    /** Present if each class has its share of each part. */
    readonly stratify?: true;
    /** The columns that say groups, times and parts; absent if none does. */
    readonly group?: string;
    readonly time?: string;
    readonly column?: string;
    /** How many runs share a seed's shuffle; absent without folds. */
    readonly folds?: number;
    /**
     * The rows of each part, on average over the first runs of a cell and rounded; absent if they
     * follow from the fractions.
     */
    readonly rows?: PartSizes;
  };
}

/** A run without a result. */
export interface ManifestFailure {
  /** The run's key. */
  readonly run: string;
  readonly cell: string;
  readonly seed: number;
  /** Absent without folds. */
  readonly fold?: number;
  readonly reason: string;
}

/** A cluster task that trained some of the runs. */
export interface ManifestTask {
  /** Slurm's ID: array job and index, such as `12_3`. */
  readonly task: string;
  readonly node: string;
  /** How often Slurm has restarted it, on the same node or another. */
  readonly restarts: number;
  /** Path of its log, relative to the manifest. */
  readonly log: string;
  /** Number of runs that it trained; null if it did not finish. */
  readonly trained: number | null;
  /** The native kernels that it used, if it used any; each task decides. */
  readonly native?: ManifestNative;
}

/** What the store has not kept of a sweep's runs, and has to compute again if it is needed. */
export interface ManifestNotKept {
  /** The most bytes that the store's models and checkpoints may have. */
  readonly space: number;
  readonly models: number;
  readonly checkpoints: number;
}

/** A library of native kernels. */
export interface ManifestNative {
  /** The name of its file, which has checksums of its source and of its compiler. */
  readonly library: string;
  /** The width of the vectors that it used. */
  readonly bits: number;
}

/** Why runs are missing; `WHYS` are all of them. */
export type WhyUnfinished = (typeof WHYS)[number];

export const WHYS = [
  /** The sweep goes on: it writes what it has from time to time. */
  "running",
  /** It was interrupted, by Ctrl-C or the system. */
  "interrupted",
  /** It stopped because of a run that failed. */
  "failed",
  /** Its time was spent. */
  "budget",
  /** `deno task report` drew what the store had, and cannot know. */
  "drawn",
] as const;

/** What an unfinished sweep still lacks. */
export interface ManifestUnfinished {
  /** How many runs its cells and seeds make at most; `runs` counts those that there are. */
  readonly planned: number;
  /** Why the others are missing. Earlier versions knew `budget` alone. */
  readonly why: WhyUnfinished;
  /** The time that it might take; present with `budget`. */
  readonly budgetSeconds?: number;
  /**
   * The steps at which its runs were stopped, if cells are still being stopped early: it has the runs of
   * the last rung that was finished. Absent if its runs are whole.
   */
  readonly rung?: number;
  /** Present if all runs have ended, and what is missing are their scores on the test rows. */
  readonly unscored?: true;
  /** When this was written, as ISO 8601 in UTC; present with `running` and `drawn`. */
  readonly written?: string;
  /** How much longer the sweep was expected to take; with `running`, where that could be told. */
  readonly secondsLeft?: number;
  /** Present with `running`: within so many seconds, something newer should take the place of this. */
  readonly againSeconds?: number;
}

/** The code that draws reports. */
export interface PageCode {
  /** Its version of regsweep. */
  readonly regsweep: string;
  /** SHA-256 in hex over its source and its packages' versions. */
  readonly checksum: string;
}

/**
 * The content of manifest.json: everything that the report shows and the CSV files do not contain.
 *
 * Times, machine, versions and checksums belong only here, so that equal experiments give equal CSV
 * files.
 */
export type Manifest = SweepManifest | ImportedManifest;

/** What all manifests have. */
interface CommonManifest {
  readonly format: 1;
  /** Whether all runs have ended. In manifests of earlier versions, which do not say, they have. */
  readonly state?: "complete" | "unfinished";
  /** Present if it is unfinished. */
  readonly unfinished?: ManifestUnfinished;
  /** What the report says first. Manifests of earlier versions do not have it. */
  readonly answer?: Answer;
  readonly experiment: {
    readonly name: string;
    readonly description: string;
    /** Words that it is found by; absent if it has none, as in manifests of earlier versions. */
    readonly tags?: readonly string[];
    /** What readers should know, with line breaks; absent if there is nothing. */
    readonly notes?: string;
    /** Who made its results; absent unless they come with how to cite them. */
    readonly cite?: { readonly authors: readonly string[] };
    /** The experiment's file, as the user named it; or the name of the imported table, without its folder. */
    readonly file: string;
    readonly metric: Metric;
    readonly largerIsBetter: boolean;
    /** Differences of the metric smaller than this are of no practical interest; absent if any can be. */
    readonly equivalence?: number;
    /** What intervals claim; manifests of earlier versions do not have it: there, it is `new_data`. */
    readonly scope?: Scope;
    /** Name of the cell that the others are compared with. */
    readonly baseline: string;
    /** In the order of the CSV columns. */
    readonly swept: readonly SweptKey[];
    /** Values that all cells share and that are not defaults. */
    readonly fixed: Readonly<Record<string, HyperparameterValue>>;
    /** In the order of the experiment's file. */
    readonly cells: readonly ManifestCell[];
    /** Of cells that got as many as they could have. */
    readonly seeds: readonly number[];
    /**
     * The numbers of seeds after which cells that were decided got no more, ascending; absent if every
     * cell got all.
     */
    readonly looks?: readonly number[];
    /** Absent if the experiment trains all cells to the end. */
    readonly halving?: Halving;
    /** Absent if all cells were known beforehand. */
    readonly search?: ManifestSearch;
  };
  /** Absent if its runs need none. */
  readonly dataset?: ManifestDataset;
  /** Versions of the trainers that the cells name; none if runs were imported. */
  readonly trainers: Readonly<Record<TrainerName, number | string>>;
  /** Those of them that are the user's own; absent if none is. */
  readonly own?: readonly OwnDescription[];
  /**
   * Measures of these trainers' own that the report's table of cells shows. Manifests of earlier
   * versions do not have them: there, the trainers say what they are.
   */
  readonly measures?: readonly ShownMeasure[];
  readonly runs: {
    /** All that there are: the lines of runs.csv. */
    readonly total: number;
    /** Those of cells that were stopped early included. */
    readonly diverged: number;
    /** How many of these are of cells that were stopped early; absent if none is. */
    readonly divergedEarly?: number;
    readonly failed: number;
  };
  readonly failures: readonly ManifestFailure[];
  /** What drew report.html. Manifests of earlier versions do not have it. */
  readonly page?: PageCode;
  /** SHA-256 in hex of the files beside this one, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** The manifest of a sweep. */
export interface SweepManifest extends CommonManifest {
  readonly imported?: undefined;
  /**
   * The command line of the sweep, as the user typed it, from the task (`sweep`, `sweep-program`) on;
   * values that may be secret are left out. Manifests of earlier versions do not have it.
   */
  readonly command?: readonly string[];
  readonly kernels: {
    /** SHA-256 of kernels.wasm in hex. */
    readonly checksum: string;
    /**
     * The native kernels that this machine's workers used, if any did: they give the same bits. Those of a
     * cluster's tasks are with the tasks.
     */
    readonly native?: ManifestNative;
  };
  readonly runs: CommonManifest["runs"] & {
    /** Trained by this sweep. */
    readonly trained: number;
    /** Found in the store. */
    readonly known: number;
  };
  /** Present if something has found no room. */
  readonly notKept?: ManifestNotKept;
  readonly times: {
    /** ISO 8601 in UTC. */
    readonly started: string;
    /** Wall-clock time from the start to the last result. */
    readonly seconds: number;
    /** Training time, summed over the runs that this sweep trained. */
    readonly trainSeconds: number;
    /**
     * Training time of each run in seconds, from whichever sweep trained it, in the order of
     * runs.csv; null if it failed.
     */
    readonly runs: readonly (number | null)[];
  };
  readonly machine: {
    readonly os: string;
    readonly arch: string;
    readonly cpu: string;
    readonly cores: number;
    readonly workers: number;
  };
  /** Cluster tasks that this sweep waited for; absent if this machine trained the runs. */
  readonly tasks?: readonly ManifestTask[];
  /** By program or package: regsweep, deno, v8, … */
  readonly versions: Readonly<Record<string, string>>;
  readonly git: {
    readonly commit: string | null;
    /** Whether the program's files were the commit's: src/, deno.json and deno.lock. */
    readonly clean: boolean | null;
    /** Why one of the two is null. */
    readonly reason?: string;
  };
}

/** The manifest of runs of another tool: nothing is known of them but what their table says. */
export interface ImportedManifest extends CommonManifest {
  readonly imported: ManifestImport;
}

/** Where imported runs come from. */
export interface ManifestImport {
  /** SHA-256 of the table's file in hex. */
  readonly checksum: string;
  /** How many rows of the table became runs, and how many were left out because of `where`. */
  readonly rows: number;
  readonly leftOut: number;
  /** The table's columns that the runs were read from. */
  readonly columns: {
    readonly cell: readonly string[];
    /** None if the names of several columns of the metric say the seeds. */
    readonly seed: readonly string[];
    readonly metric: readonly string[];
  };
  /** What the rows of runs have in common, as `column=value`. */
  readonly where: readonly string[];
  /** Names of the seeds 1, 2 and so on, if the table has no numbers for them. */
  readonly seedNames?: readonly string[];
  /** Validation rows per training row that intervals allow for; absent if none are. */
  readonly overlap?: number;
}

/** Writes the text of manifest.json, with members of later versions if there are any. */
export function manifestText(manifest: Manifest | Readonly<Record<string, unknown>>): string {
  return JSON.stringify(manifest, null, 2) + "\n";
}
