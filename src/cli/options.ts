import { type LauncherOptions, sbatchArgProblem } from "../experiment/launcher_options.ts";

/** What a command line may say beside a command and its operands, converted and by camelCase name. */
export interface Options extends LauncherOptions {
  /** `key=value`, the value in YAML, in the order given. */
  readonly set: readonly string[];
  /** Cells' names and patterns of cells, in the order given. */
  readonly only: readonly string[];
  /** A count or a list, as typed. */
  readonly seeds?: string;
  /** The most runs that a sweep may have. */
  readonly maxRuns?: number;
  readonly seed?: number;
  readonly workers: number;
  /** The seconds that a run may take. */
  readonly runTimeout?: number;
  /** The folder that holds every sweep's folder, and the store. */
  readonly reports: string;
  readonly failFast: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
  readonly saveWeights?: string;
  /** How many runs to verify; all if not given. */
  readonly sample?: number;
  readonly sampleSeed: number;
  /** A dataset's file, in place of the experiment's. */
  readonly dataset?: string;
  /** Where runs are trained. */
  readonly launcher: "local" | "slurm";
  readonly detach: boolean;
  readonly debug: boolean;
  readonly help: boolean;
}

/** One row of the table of options. */
export interface OptionRow {
  /** As typed after `--`. */
  readonly name: string;
  /** `flag` takes no value; `texts` may be repeated; `word` is one of `words`. */
  readonly kind: "flag" | "text" | "texts" | "integer" | "word";
  /** Values that are taken as they are, beside those of its kind. */
  readonly words?: readonly string[];
  /** What is wrong with a value, if anything. */
  readonly problem?: (value: string) => string | undefined;
  /** How help calls the value. */
  readonly value?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly help: string;
}

/** Every option of every command. */
export const OPTIONS = {
  set: {
    name: "set",
    kind: "texts",
    value: "KEY=VALUE",
    help: "use this value of a hyperparameter in every cell; VALUE is YAML; may be repeated",
  },
  only: {
    name: "only",
    kind: "texts",
    value: "CELL",
    help:
      "use only the cell of this name, or the cells that match a pattern such as 'dropout>0.5 init=he'; may be repeated",
  },
  seeds: {
    name: "seeds",
    kind: "text",
    value: "N|LIST",
    help: "use seeds 1 to N, or a list such as 3,5,8, in place of the experiment's",
  },
  maxRuns: {
    name: "max-runs",
    kind: "integer",
    value: "N",
    minimum: 1,
    help: "train nothing if there are more runs (default: 10,000)",
  },
  seed: {
    name: "seed",
    kind: "integer",
    value: "N",
    minimum: 0,
    help: "the run's seed (default: the experiment's first)",
  },
  workers: {
    name: "workers",
    kind: "integer",
    value: "N",
    minimum: 1,
    maximum: 1024,
    help: "how many runs are trained at once (default: one per core)",
  },
  runTimeout: {
    name: "run-timeout",
    kind: "integer",
    value: "SECONDS",
    minimum: 1,
    maximum: 30_000_000,
    help: "end a run that takes longer; it has failed (default: 10 minutes or, if more, " +
      "50 times what the others let expect)",
  },
  reports: {
    name: "reports",
    kind: "text",
    value: "DIR",
    help: "where results are written and finished runs are kept (default: reports)",
  },
  failFast: { name: "fail-fast", kind: "flag", help: "stop at the first run that fails" },
  quiet: { name: "quiet", kind: "flag", help: "print problems only" },
  json: { name: "json", kind: "flag", help: "print one JSON document in place of lines" },
  saveWeights: {
    name: "save-weights",
    kind: "text",
    value: "FILE",
    help: "write the final weights to a safetensors file",
  },
  sample: {
    name: "sample",
    kind: "integer",
    value: "N",
    minimum: 1,
    help: "compute only so many of the runs, drawn at random (default: all)",
  },
  sampleSeed: {
    name: "sample-seed",
    kind: "integer",
    value: "N",
    minimum: 0,
    help: "what --sample draws by: another number draws other runs (default: 1)",
  },
  dataset: {
    name: "dataset",
    kind: "text",
    value: "FILE",
    help: "the dataset, where it is not where the experiment says",
  },
  launcher: {
    name: "launcher",
    kind: "word",
    value: "local|slurm",
    words: ["local", "slurm"],
    help: "train on this machine (the default), or on the Slurm cluster that it belongs to",
  },
  partition: {
    name: "partition",
    kind: "text",
    value: "NAME",
    help: "slurm: the partition that tasks run in",
  },
  account: {
    name: "account",
    kind: "text",
    value: "NAME",
    help: "slurm: the account that they are charged to",
  },
  time: {
    name: "time",
    kind: "integer",
    value: "MINUTES",
    minimum: 1,
    help: "slurm: how long a task may take",
  },
  cpusPerTask: {
    name: "cpus-per-task",
    kind: "integer",
    value: "N",
    minimum: 1,
    maximum: 1024,
    help: "slurm: processors of a task, which trains as many runs at once (default: 1)",
  },
  arrayParallelism: {
    name: "array-parallelism",
    kind: "integer",
    value: "N",
    minimum: 1,
    help: "slurm: how many tasks may run at once (default: as many as Slurm lets)",
  },
  chunk: {
    name: "chunk",
    kind: "integer",
    value: "auto|N",
    minimum: 1,
    words: ["auto"],
    help: "slurm: runs per task (default: auto, five minutes' worth or more)",
  },
  sbatchArgs: {
    name: "sbatch-arg",
    kind: "texts",
    value: "ARG",
    problem: sbatchArgProblem,
    help: "slurm: pass ARG on to sbatch, as in --sbatch-arg=--mem=4G; may be repeated",
  },
  detach: {
    name: "detach",
    kind: "flag",
    help: "slurm: submit, and do not wait; the same command without it waits",
  },
  debug: { name: "debug", kind: "flag", help: "print stack traces for wrong input, too" },
  help: { name: "help", kind: "flag", help: "print this text" },
} as const satisfies Record<keyof Options, OptionRow>;

export type OptionKey = keyof typeof OPTIONS;

/** The options that every command has. */
export const COMMON_OPTIONS: readonly OptionKey[] = ["debug", "help"];

/** The options that are nothing without `--launcher slurm`. */
export const SLURM_OPTIONS = [
  ...["partition", "account", "time", "cpusPerTask", "arrayParallelism", "chunk"] as const,
  ...["sbatchArgs", "detach"] as const,
] satisfies readonly OptionKey[];
