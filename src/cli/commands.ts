import type { OptionKey, Options } from "./options.ts";

/** A command as a user calls it. */
export interface Invocation {
  /** As many as the command's row names. */
  readonly operands: readonly string[];
  readonly options: Options;
}

/**
 * Does a command's work and gives its exit code. The signal aborts with an `Interruption` when the
 * user wants the program to end.
 */
export type CommandFunction = (invocation: Invocation, signal: AbortSignal) => Promise<number>;

/** What stands for a file or folder on the command line, with what it is. */
export const OPERANDS = {
  FILE: "an experiment: a YAML file such as experiments/quick.yaml",
  DIR: "a folder that a sweep wrote, such as reports/quick",
} as const;

/** One row of the table of commands. */
export interface Command {
  readonly name: string;
  readonly operands: readonly (keyof typeof OPERANDS)[];
  /** What it does, for the list of commands. */
  readonly summary: string;
  readonly options: readonly OptionKey[];
  /** True if it ends by itself, and cleanly, when its signal aborts. */
  readonly interruptible?: true;
  /** Loads the command's code, so that no other command pays for it. */
  readonly load: () => Promise<CommandFunction>;
}

/** All that regsweep can be asked to do. */
export const COMMANDS: readonly Command[] = [
  {
    name: "sweep",
    operands: ["FILE"],
    summary: "run an experiment's missing runs and write its CSV files and report",
    options: ["set", "seeds", "workers", "reports", "failFast", "quiet"],
    interruptible: true,
    load: async () => (await import("./sweep.ts")).sweep,
  },
  {
    name: "plan",
    operands: ["FILE"],
    summary: "show an experiment's cells, runs and estimated time; train nothing",
    options: ["set", "seeds", "workers", "reports"],
    load: async () => (await import("./plan.ts")).plan,
  },
  {
    name: "train",
    operands: ["FILE"],
    summary: "train one run, the first cell's unless --set says otherwise, and print its curve",
    options: ["set", "seed", "json", "saveWeights"],
    load: async () => (await import("./train.ts")).train,
  },
  {
    name: "report",
    operands: ["DIR"],
    summary: "draw a report again from its CSV files",
    options: ["quiet"],
    load: async () => (await import("./report.ts")).report,
  },
];
