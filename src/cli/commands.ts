import type { CommandFunction } from "./invocation.ts";
import { type OptionKey, SLURM_OPTIONS } from "./options.ts";

/**
 * The placeholders of files and folders on the command line, and what they stand for. One that ends in
 * dots stands for one or several.
 */
export const OPERANDS = {
  FILE: "an experiment: a YAML file such as experiments/quick.yaml",
  TABLE: "a table: a file such as data/iris.data, data.csv.gz or data.parquet",
  RUNS: "a table of runs: a file such as trials.csv, runs.tsv.gz or runs.parquet",
  DIR: "a folder that a sweep wrote, such as reports/quick",
  "DIR|FILE": "a folder that a sweep wrote, such as reports/quick, or an experiment: a YAML file",
  A: "a folder that a sweep wrote, or a runs.csv",
  B: "another of them",
  MODEL: "a model that models or train has written, or a folder of such files",
  "FROM...":
    "a reports folder, a store or a folder that a sweep wrote, of somebody else; or several",
  SUBMISSION: "a folder of chunks that a sweep has submitted",
  CHUNK: "a chunk's number",
  SHELL: "the shell: bash, zsh or fish",
  "[EXAMPLE]": "the name of an experiment that regsweep comes with; all are listed without one",
} as const;

/** What can stand for them. */
export const EXAMPLES: Readonly<Record<keyof typeof OPERANDS, string>> = {
  FILE: "experiments/quick.yaml",
  TABLE: "data/iris.data",
  RUNS: "runs.csv",
  DIR: "reports/quick",
  "DIR|FILE": "reports/quick",
  A: "reports/quick",
  B: "reports/sample",
  MODEL: "reports/iris/models",
  "FROM...": "/shared/ann/reports /shared/bob/reports",
  SUBMISSION: "reports/quick/slurm/1",
  CHUNK: "1",
  SHELL: "bash",
  "[EXAMPLE]": "l1-vs-l2",
};

/** One row of the table of commands. */
export interface Command {
  readonly name: string;
  /** Those in brackets may be left out. */
  readonly operands: readonly (keyof typeof OPERANDS)[];
  /** What it does, for the list of commands. */
  readonly summary: string;
  readonly options: readonly OptionKey[];
  /** True if it ends cleanly by itself when its signal aborts. */
  readonly interruptible?: true;
  /** Loads the command's code, so that no other command pays for it. */
  readonly load: () => Promise<CommandFunction>;
}

/** The options that change an experiment before anything is done with it. */
const CHANGES = ["set", "only", "seeds", "table", "dataset", "test", "name"] as const;

/** Every command that a user can call. */
export const COMMANDS: readonly Command[] = [
  {
    name: "sweep",
    operands: ["FILE"],
    summary: "run an experiment's missing runs and write its CSV files and report",
    options: [
      ...CHANGES,
      ...["maxRuns", "workers"] as const,
      ...["kernels", "budgetSeconds", "runTimeout", "reports", "yes", "failFast"] as const,
      ...["quiet", "json", "notify", "open", "saveModels", "modelSpace", "launcher"] as const,
      ...SLURM_OPTIONS,
    ],
    interruptible: true,
    load: async () => (await import("./sweep.ts")).sweep,
  },
  {
    name: "plan",
    operands: ["FILE"],
    summary: "show an experiment's cells, runs and estimated time; train nothing",
    options: [
      ...CHANGES,
      ...["workers", "kernels", "modelSpace", "reports", "json"] as const,
    ],
    load: async () => (await import("./plan.ts")).plan,
  },
  {
    name: "inspect",
    operands: ["TABLE"],
    summary: "show a table's columns, what is missing in them, and which of them a sweep would use",
    options: ["target", "json"],
    load: async () => (await import("./inspect.ts")).inspect,
  },
  {
    name: "init",
    operands: ["TABLE"],
    summary: "write a first experiment for a table, with a comment on each choice",
    options: ["target", "output", "json", "quiet"],
    load: async () => (await import("./init.ts")).init,
  },
  {
    name: "example",
    operands: ["[EXAMPLE]"],
    summary: "copy an experiment that regsweep comes with, and its data, to this folder",
    options: ["json"],
    load: async () => (await import("./example.ts")).example,
  },
  {
    name: "schema",
    operands: ["FILE"],
    summary: "print a JSON schema with which an editor knows an experiment's own trainers",
    options: ["json"],
    load: async () => (await import("./schema.ts")).schema,
  },
  {
    name: "train",
    operands: ["FILE"],
    summary:
      "train one run, the first cell's unless --set or --only says otherwise, and print its curve",
    options: [
      "set",
      "only",
      "seed",
      "fold",
      "table",
      "dataset",
      "test",
      "kernels",
      "yes",
      "json",
      "saveWeights",
    ],
    load: async () => (await import("./train.ts")).train,
  },
  {
    name: "models",
    operands: ["DIR"],
    summary: "export the models of the cell to use, one per seed, to predict with them",
    options: ["cell", "out", "dataset", "test", "json", "quiet"],
    load: async () => (await import("./models.ts")).models,
  },
  {
    name: "predict",
    operands: ["MODEL", "TABLE"],
    summary: "predict the rows of a new table with a saved model, or with the mean of several",
    options: ["trainer", "output", "json", "quiet"],
    load: async () => (await import("./predict.ts")).predict,
  },
  {
    name: "report",
    operands: ["DIR|FILE"],
    summary: "draw a report: a folder's again, or an experiment's, of the runs that have ended",
    options: [...CHANGES, "reports", "json", "quiet", "open"],
    load: async () => (await import("./report.ts")).report,
  },
  {
    name: "table",
    operands: ["DIR"],
    summary: "print a sweep's table of cells, for a terminal, a paper or a program",
    options: ["format", "columns", "sort", "descending", "only", "json"],
    load: async () => (await import("./table.ts")).table,
  },
  {
    name: "index",
    operands: [],
    summary: "write a page over all sweeps in the reports folder, as every sweep does",
    options: ["reports", "json", "quiet", "open"],
    load: async () => (await import("./index.ts")).index,
  },
  {
    name: "import",
    operands: ["RUNS"],
    summary: "make a report from the runs of another tool: a table with cells, seeds and a metric",
    options: [
      ...["cellColumn", "seedColumn", "metric", "baseline", "better", "where"] as const,
      ...["equivalence", "overlap", "importName", "reports"] as const,
      ...["json", "quiet", "open"] as const,
    ],
    load: async () => (await import("./import.ts")).importTable,
  },
  {
    name: "verify",
    operands: ["DIR"],
    summary: "compute a sweep's runs again and compare them with what its folder says",
    options: [
      ...["sample", "sampleSeed", "dataset", "test", "workers", "kernels"] as const,
      ...["yes", "json", "quiet", "notify"] as const,
    ],
    interruptible: true,
    load: async () => (await import("./verify.ts")).verify,
  },
  {
    name: "compare",
    operands: ["A", "B"],
    summary: "match the runs of two sweeps by their keys, and show where they differ",
    options: ["json"],
    load: async () => (await import("./compare.ts")).compare,
  },
  {
    name: "store",
    operands: [],
    summary: "show what the store has: number, size and age by trainer and version; or clean it up",
    options: ["reports", "remove", "olderThan", "dryRun", "yes", "json"],
    load: async () => (await import("./store.ts")).store,
  },
  {
    name: "merge",
    operands: ["FROM..."],
    summary: "bring the stores and report folders of others into the reports folder",
    options: ["reports", "rename", "dryRun", "modelSpace", "json", "quiet"],
    interruptible: true,
    load: async () => (await import("./merge.ts")).merge,
  },
  {
    name: "native",
    operands: [],
    summary: "compile native kernels with this machine's C compiler: faster runs, the same results",
    options: ["widths", "json"],
    load: async () => (await import("./native.ts")).native,
  },
  {
    name: "status",
    operands: ["FILE"],
    summary:
      "show which runs of an experiment are queued, running, done or lost on a Slurm cluster",
    options: [...CHANGES, "reports", "json"],
    load: async () => (await import("./status.ts")).status,
  },
  {
    name: "cancel",
    operands: ["FILE"],
    summary: "cancel all jobs of an experiment on a Slurm cluster; finished runs are kept",
    options: ["name", "table", "reports", "json", "quiet"],
    load: async () => (await import("./cancel.ts")).cancel,
  },
  {
    name: "completion",
    operands: ["SHELL"],
    summary: "print a script by which a shell completes commands, options and their values",
    options: ["json"],
    load: async () => {
      const { completion } = await import("./completion.ts");
      // It would be a cycle if it imported this table.
      return (invocation) => Promise.resolve(completion(invocation, COMMANDS));
    },
  },
  {
    name: "version",
    operands: [],
    summary: "show which regsweep this is, and what it computes with",
    options: ["json"],
    load: async () => (await import("./version.ts")).version,
  },
];

/** Commands that regsweep itself calls. */
export const INTERNAL_COMMANDS: readonly Command[] = [
  {
    name: "work-chunk",
    operands: ["SUBMISSION", "CHUNK"],
    summary: "train a chunk of runs, as a task of a Slurm cluster",
    options: ["kernels"],
    interruptible: true,
    load: async () => (await import("./work_chunk.ts")).workChunk,
  },
];
