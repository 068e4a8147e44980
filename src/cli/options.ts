import { UNASKED_RUNS } from "../experiment/experiment.ts";
import type { LauncherOptions } from "../experiment/launcher_options.ts";
import { sbatchArgProblem } from "../experiment/sbatch_options.ts";
import { WIDTHS_CHOICES, type WidthsChoice } from "../kernels/native_options.ts";
import { formatCount } from "../format_number.ts";
import { listWords } from "../list_words.ts";
import { REMOVABLE, type Removable } from "../store/removable.ts";
import { MODEL_SPACE } from "../store/model_space.ts";
import { SLURM_DEFAULTS } from "../sweep/slurm/slurm_options.ts";
import { TABLE_FORMATS, type TableFormat } from "../report/table/table_formats.ts";
import { KERNELS_CHOICES, type KernelsChoice } from "../trainers/kernels_choice.ts";
import type { OptionRow } from "./option_row.ts";

/** A command line's options, converted and by camelCase name. */
export interface Options extends LauncherOptions {
  /** `key=value`, the value in YAML, in the order given. */
  readonly set: readonly string[];
  /** Cells' names and patterns of cells, in the order given. */
  readonly only: readonly string[];
  /** A count or a list, as typed. */
  readonly seeds?: string;
  /** A name in place of the experiment's. */
  readonly name?: string;
  /** One of an experiment's datasets. */
  readonly table?: string;
  /** The most runs that a sweep may have. */
  readonly maxRuns?: number;
  readonly seed?: number;
  /** The fold that a run validates on, from 1. */
  readonly fold?: number;
  readonly workers: number;
  /** Absent for a command's default. */
  readonly kernels?: KernelsChoice;
  /** Which native kernels to compile. */
  readonly widths: WidthsChoice;
  /** Seconds after which no run begins. */
  readonly budgetSeconds?: number;
  /** Seconds that a run may take. */
  readonly runTimeout?: number;
  /** The folder that holds every sweep's folder, and the store. */
  readonly reports: string;
  /** `name=new name` of report folders. */
  readonly rename: readonly string[];
  /** Kinds of what is removed from the store. */
  readonly remove: readonly Removable[];
  /** Only what is older is removed. */
  readonly olderThan?: number;
  /** Whether to say only what would be done. */
  readonly dryRun: boolean;
  readonly failFast: boolean;
  /** Whether to do without asking what is asked otherwise: to start programs, or to remove files. */
  readonly yes: boolean;
  readonly quiet: boolean;
  /** Whether to ring when a command has ended. */
  readonly notify: boolean;
  /** Whether to open the page that a command writes. */
  readonly open: boolean;
  readonly json: boolean;
  readonly saveWeights?: string;
  /** Whether a sweep saves the models of its best cell in its folder. */
  readonly saveModels: boolean;
  /** The most bytes that models and checkpoints in the store may have. */
  readonly modelSpace: number;
  /** Names of cells whose models are exported; the one to use if there are none. */
  readonly cell: readonly string[];
  /** The folder that models are exported to. */
  readonly out?: string;
  /** Columns of a table of runs that name cells, and those that say seeds. */
  readonly cellColumn: readonly string[];
  readonly seedColumn: readonly string[];
  /** The column that cells are compared by, or a pattern of several. */
  readonly metric?: string;
  /** The cell that others are compared with. */
  readonly baseline?: string;
  readonly better?: "larger" | "smaller";
  /** `column=value`, of the rows that are used. */
  readonly where: readonly string[];
  /** The name of imported results, in place of the table's. */
  readonly importName?: string;
  /** Numbers, as typed. */
  readonly equivalence?: string;
  readonly overlap?: string;
  /** The column of a table to predict: its name or its number. */
  readonly target?: string;
  /** The experiment to write. */
  readonly trainer?: string;
  readonly output?: string;
  /** How many runs to verify; all if not given. */
  readonly sample?: number;
  readonly sampleSeed: number;
  /** How a table is written. */
  readonly format: TableFormat;
  /** Names of a table's columns, separated by commas. */
  readonly columns?: string;
  /** The column that a table's rows are sorted by. */
  readonly sort?: string;
  readonly descending: boolean;
  /** A dataset's file, in place of the experiment's. */
  readonly dataset?: string;
  /** The same of its file of test rows. */
  readonly test?: string;
  /** Where runs are trained. */
  readonly launcher: "local" | "slurm";
  readonly detach: boolean;
  readonly debug: boolean;
  readonly help: boolean;
}

/** Every option of every command. */
export const OPTIONS = {
  set: {
    name: "set",
    kind: "texts",
    value: "KEY=VALUE",
    default: [],
    help:
      "use this value of a hyperparameter, or this trainer, in every cell; VALUE is YAML; may be repeated",
  },
  only: {
    name: "only",
    kind: "texts",
    value: "CELL",
    default: [],
    help:
      "use only the cell of this name, or the cells that match a pattern such as 'dropout>0.5 init=he'; may be repeated",
  },
  seeds: {
    name: "seeds",
    kind: "text",
    value: "N|LIST",
    help: "use seeds 1 to N, or a list such as 3,5,8, in place of the experiment's",
  },
  name: {
    name: "name",
    kind: "text",
    value: "NAME",
    help: "use this name, and so another folder for the results, in place of the experiment's",
  },
  maxRuns: {
    name: "max-runs",
    kind: "integer",
    value: "N",
    minimum: 1,
    defaultText: formatCount(UNASKED_RUNS),
    help: "train nothing if there are more runs",
  },
  seed: {
    name: "seed",
    kind: "integer",
    value: "N",
    minimum: 0,
    defaultText: "the experiment's first",
    help: "the run's seed",
  },
  fold: {
    name: "fold",
    kind: "integer",
    value: "K",
    minimum: 1,
    defaultText: "the first, with folds",
    help: "the fold that the run validates on",
  },
  workers: {
    name: "workers",
    kind: "integer",
    value: "N",
    minimum: 1,
    maximum: 1024,
    default: navigator.hardwareConcurrency,
    defaultText: "one per core",
    help: "how many runs are trained at once",
  },
  kernels: {
    name: "kernels",
    kind: "word",
    value: "auto|wasm|native",
    words: KERNELS_CHOICES,
    defaultText: "auto; for verify wasm",
    help:
      "compute with native kernels if native has compiled them (auto), never (wasm), or not without them (native)",
  },
  widths: {
    name: "widths",
    kind: "word",
    value: "widest|all",
    words: WIDTHS_CHOICES,
    default: "widest",
    help: "compile for the widest vectors that this processor has, or for all that it can run",
  },
  budgetSeconds: {
    name: "for",
    kind: "duration",
    value: "TIME",
    defaultText: "the experiment's budget, if it has one",
    help:
      "begin no run that would not end within a time such as 90s, 30m or 1h30m, and report what there is",
  },
  runTimeout: {
    name: "run-timeout",
    kind: "integer",
    value: "SECONDS",
    minimum: 1,
    maximum: 30_000_000,
    defaultText: "10 minutes, or 50 times as long as expected from the other runs if that is more",
    help: "end a run that takes longer; it has then failed",
  },
  reports: {
    name: "reports",
    kind: "text",
    value: "DIR",
    default: "reports",
    help: "where results are written and finished runs are kept",
  },
  yes: {
    name: "yes",
    kind: "flag",
    help:
      "do without asking what is asked otherwise: start the experiment's programs, or remove files",
  },
  rename: {
    name: "rename",
    kind: "texts",
    value: "NAME=NEW",
    default: [],
    problem: (text) => /^[^=]+=[^=]+$/.test(text) ? undefined : "it must be NAME=NEW",
    help: "copy the report folder NAME of the others as NEW; may be repeated",
  },
  remove: {
    name: "remove",
    kind: "texts",
    value: "KIND",
    words: REMOVABLE,
    default: [],
    help: `remove ${listWords(REMOVABLE)} from the store; may be repeated`,
  },
  olderThan: {
    name: "older-than",
    kind: "age",
    value: "AGE",
    defaultText: "any age",
    help: "remove only what has not been written for so long: 90d, 12h or 30m",
  },
  dryRun: { name: "dry-run", kind: "flag", help: "say what would be done, and do nothing" },
  failFast: { name: "fail-fast", kind: "flag", help: "stop at the first run that fails" },
  quiet: { name: "quiet", kind: "flag", help: "print problems only" },
  notify: {
    name: "notify",
    kind: "flag",
    help: "ring the terminal's bell when it is done, or has failed",
  },
  open: { name: "open", kind: "flag", help: "open the page in a browser when it is written" },
  json: {
    name: "json",
    kind: "flag",
    help: "print JSON in place of text: one document, or from sweep a line for each event",
  },
  saveWeights: {
    name: "save-weights",
    kind: "text",
    value: "FILE",
    help: "write the final weights to a safetensors file",
  },
  saveModels: {
    name: "save-models",
    kind: "flag",
    help:
      "write the models of the cell to use, one per seed, to the folder models beside the report",
  },
  modelSpace: {
    name: "model-space",
    kind: "bytes",
    value: "SIZE",
    default: MODEL_SPACE,
    defaultText: "2GiB",
    help: "how large the models and checkpoints in the store may be together: 500MB, 2GiB or 0",
  },
  cell: {
    name: "cell",
    kind: "texts",
    value: "NAME",
    default: [],
    help: "export the models of this cell in place of the one to use; may be repeated",
  },
  out: {
    name: "out",
    kind: "text",
    value: "DIR",
    defaultText: "models in the sweep's folder",
    help: "the folder to write models to",
  },
  sample: {
    name: "sample",
    kind: "integer",
    value: "N",
    minimum: 1,
    defaultText: "all",
    help: "compute only N of the runs, drawn at random",
  },
  sampleSeed: {
    name: "sample-seed",
    kind: "integer",
    value: "N",
    minimum: 0,
    default: 1,
    help: "the seed that --sample draws with: another seed draws other runs",
  },
  format: {
    name: "format",
    kind: "word",
    value: "FORMAT",
    words: TABLE_FORMATS,
    default: "text",
    help: "how the table is written: text, markdown, latex (with booktabs), csv or json",
  },
  columns: {
    name: "columns",
    kind: "text",
    value: "NAMES",
    defaultText: "what the format is for",
    help: "the table's columns, by the names that csv has, such as dropout,mean,verdict",
  },
  sort: {
    name: "sort",
    kind: "text",
    value: "NAME",
    defaultText: "the best cell first",
    help: "sort the cells by this column, the smallest value first",
  },
  descending: {
    name: "descending",
    kind: "flag",
    help: "turn the order of the cells around",
  },
  cellColumn: {
    name: "cell",
    kind: "texts",
    value: "COLUMN",
    default: [],
    help: "the column that names the cells; may be repeated: several columns name them together",
  },
  seedColumn: {
    name: "seed",
    kind: "texts",
    value: "COLUMN",
    default: [],
    help: "the column of what runs are paired by: a seed, a fold, a repetition; may be repeated",
  },
  metric: {
    name: "metric",
    kind: "text",
    value: "COLUMN",
    help:
      "the column that cells are compared by; or of several, with * in place of the seed: 'split*_score'",
  },
  baseline: {
    name: "baseline",
    kind: "text",
    value: "CELL",
    help: "the cell that the others are compared with, such as plain or 'lr=0.1, depth=3'",
  },
  better: {
    name: "better",
    kind: "word",
    value: "larger|smaller",
    words: ["larger", "smaller"],
    defaultText: "larger, unless the metric's name casts doubt on that",
    help: "which values of the metric are better",
  },
  where: {
    name: "where",
    kind: "texts",
    value: "COLUMN=VALUE",
    default: [],
    help: "use only the rows with this value, as in state=COMPLETE; may be repeated",
  },
  importName: {
    name: "name",
    kind: "text",
    value: "NAME",
    defaultText: "the table's name without .csv and the like",
    help: "the name of the results and of their folder",
  },
  equivalence: {
    name: "equivalence",
    kind: "text",
    value: "SIZE",
    problem: amountProblem,
    defaultText: "no difference is negligible",
    help: "differences of the metric up to this are of no practical interest",
  },
  overlap: {
    name: "overlap",
    kind: "text",
    value: "RATIO",
    problem: amountProblem,
    defaultText: "0, for seeds that are independent",
    help:
      "validation rows per training row, if seeds drew them from one dataset or are its folds: 0.25 for five folds",
  },
  target: {
    name: "target",
    kind: "text",
    value: "NAME",
    help: "the column to predict: its name, or its number from 1, or from -1 for the last",
  },
  trainer: {
    name: "trainer",
    kind: "text",
    value: "FILE",
    help: "the module that trained the models, if it is one of your own",
  },
  output: {
    name: "output",
    kind: "text",
    value: "FILE",
    defaultText: "for init the table's name with .yaml, for predict standard output",
    help: "the file to write, an experiment or predictions; nothing is overwritten",
  },
  table: {
    name: "table",
    kind: "text",
    value: "NAME",
    help: "of an experiment with several datasets, only the one of this name",
  },
  dataset: {
    name: "dataset",
    kind: "text",
    value: "FILE",
    help: "the dataset, if it is not where the experiment says",
  },
  test: {
    name: "test",
    kind: "text",
    value: "FILE",
    help: "the file of the dataset's test rows, if it is not where the experiment says",
  },
  launcher: {
    name: "launcher",
    kind: "word",
    value: "local|slurm",
    words: ["local", "slurm"],
    default: "local",
    help: "train on this machine, or on the Slurm cluster that it belongs to",
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
    defaultText: String(SLURM_DEFAULTS.cpusPerTask),
    help: "slurm: processors of a task, which trains as many runs at once",
  },
  arrayParallelism: {
    name: "array-parallelism",
    kind: "integer",
    value: "N",
    minimum: 1,
    defaultText: "as many as Slurm allows",
    help: "slurm: how many tasks may run at once",
  },
  chunk: {
    name: "chunk",
    kind: "integer",
    value: "auto|N",
    minimum: 1,
    words: ["auto"],
    defaultText: `${SLURM_DEFAULTS.chunk}, five minutes' worth or more`,
    help: "slurm: runs per task",
  },
  sbatchArgs: {
    name: "sbatch-arg",
    kind: "texts",
    value: "ARG",
    problem: (argument) => sbatchArgProblem(argument, "command line"),
    help: "slurm: pass ARG on to sbatch, as in --sbatch-arg=--mem=4G; may be repeated",
  },
  detach: {
    name: "detach",
    kind: "flag",
    help: "slurm: submit and do not wait; the same command without it waits",
  },
  debug: { name: "debug", kind: "flag", help: "print stack traces for wrong input too" },
  help: { name: "help", kind: "flag", help: "show the options of a command" },
} as const satisfies Record<keyof Options, OptionRow>;

export type OptionKey = keyof typeof OPTIONS;

/** What is wrong with a text that should be a number of at least 0. */
function amountProblem(text: string): string | undefined {
  const isAmount = text.trim() !== "" && Number(text) >= 0 && Number(text) < Infinity;
  return isAmount ? undefined : "it must be a number of at least 0";
}

/** The options that every command has. */
export const COMMON_OPTIONS: readonly OptionKey[] = ["debug", "help"];

/** The options that require `--launcher slurm`. */
export const SLURM_OPTIONS = [
  ...["partition", "account", "time", "cpusPerTask", "arrayParallelism", "chunk"] as const,
  ...["sbatchArgs", "detach"] as const,
] satisfies readonly OptionKey[];
