import type { Standardization } from "../dataset/split_options.ts";
import type { Halving } from "../experiment/experiment.ts";
import type { Metric } from "../measures/metrics.ts";
import type { HyperparameterValue } from "../trainers/hyperparameter.ts";
import type { ShownMeasure } from "../trainers/own_measures.ts";
import type { TrainerName } from "../trainers/trainer.ts";

/** A hyperparameter that some cells differ in, with what the report calls it. */
export interface SweptKey {
  /** Its column in the CSV files. */
  readonly key: string;
  readonly label: string;
  readonly unit?: string;
  /** True if the metric is to be drawn over its strength. */
  readonly regularizer: boolean;
}

/** A cell as planned; its results are in cells.csv. */
export interface ManifestCell {
  readonly name: string;
  /** The keys that its block of the grid sweeps, joined by ` × `. */
  readonly technique: string;
  /** By swept key, every one of them, defaults included; empty text where it means nothing. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
}

/** A run without a result. */
export interface ManifestFailure {
  /** The run's key. */
  readonly run: string;
  readonly cell: string;
  readonly seed: number;
  readonly reason: string;
}

/** A task of a cluster that trained some of the runs. */
export interface ManifestTask {
  /** Slurm's name for it: array and place in it, as in `12_3`. */
  readonly task: string;
  readonly node: string;
  /** How often Slurm has started it again, on that node or another. */
  readonly restarts: number;
  /** Relative to the manifest. */
  readonly log: string;
  /** Runs that it trained; null if it did not come to its end. */
  readonly trained: number | null;
}

/**
 * What manifest.json holds: all that the report says which is not in the CSV files.
 *
 * Times, machine, versions and checksums belong here and nowhere else, so that equal experiments
 * give equal CSV files.
 */
export interface Manifest {
  readonly format: 1;
  readonly experiment: {
    readonly name: string;
    readonly description: string;
    /** The file as the user named it. */
    readonly file: string;
    readonly metric: Metric;
    readonly largerIsBetter: boolean;
    /** Differences of the metric smaller than this are of no practical interest. */
    readonly equivalence: number;
    /** Name of the cell that the others are compared with. */
    readonly baseline: string;
    /** In the order of the CSV columns. */
    readonly swept: readonly SweptKey[];
    /** What every cell has in common, other than defaults. */
    readonly fixed: Readonly<Record<string, HyperparameterValue>>;
    /** In the order written. */
    readonly cells: readonly ManifestCell[];
    readonly seeds: readonly number[];
    /** Absent where every cell was trained to its end. */
    readonly halving?: Halving;
  };
  readonly dataset: {
    /** The file's name, without its folder. */
    readonly path: string;
    readonly target: string;
    readonly rows: number;
    /** How many feature columns. */
    readonly features: number;
    /** How many classes. */
    readonly classes: number;
    /** SHA-256 of the (decompressed) file, in hex. */
    readonly checksum: string;
    readonly standardize: Standardization;
    readonly split: {
      readonly train: number;
      readonly validation: number;
      readonly test: number;
      readonly resplit: boolean;
    };
  };
  /** Versions of the trainers that the cells name. */
  readonly trainers: Readonly<Record<TrainerName, number | string>>;
  /**
   * Measures of these trainers' own that the report's table of cells shows. Manifests of earlier
   * versions do not have them: there, the trainers say what they are.
   */
  readonly measures?: readonly ShownMeasure[];
  /** SHA-256 of kernels.wasm in hex. */
  readonly kernels: { readonly checksum: string };
  readonly runs: {
    readonly total: number;
    /** Trained by this sweep. */
    readonly trained: number;
    /** Found in the store. */
    readonly known: number;
    readonly diverged: number;
    readonly failed: number;
  };
  readonly failures: readonly ManifestFailure[];
  readonly times: {
    /** ISO 8601 in UTC. */
    readonly started: string;
    /** From start to the last result, by the clock on the wall. */
    readonly seconds: number;
    /** Spent training, summed over the runs of this sweep. */
    readonly trainSeconds: number;
    /**
     * Seconds that each run took to train, by whichever sweep trained it, in the order of runs.csv;
     * null where it failed.
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
  /** Tasks of a cluster that this sweep has waited for; absent where this machine trained. */
  readonly tasks?: readonly ManifestTask[];
  /** By program or package: regsweep, deno, v8, … */
  readonly versions: Readonly<Record<string, string>>;
  readonly git: {
    readonly commit: string | null;
    /** Whether the files of the commit were as committed, those in reports/ aside. */
    readonly clean: boolean | null;
    /** Why one of them is null. */
    readonly reason?: string;
  };
  /** SHA-256 in hex, by the name of the file written beside this one. */
  readonly files: Readonly<Record<string, string>>;
}

/** The text of manifest.json. */
export function manifestText(manifest: Manifest): string {
  return JSON.stringify(manifest, null, 2) + "\n";
}
