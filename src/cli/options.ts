/** What a command line may say beside a command and its operands, converted and by camelCase name. */
export interface Options {
  /** `key=value`, the value in YAML, in the order given. */
  readonly set: readonly string[];
  /** A count or a list, as typed. */
  readonly seeds?: string;
  readonly seed?: number;
  readonly workers: number;
  /** The folder that holds every sweep's folder, and the store. */
  readonly reports: string;
  readonly failFast: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
  readonly saveWeights?: string;
  readonly debug: boolean;
  readonly help: boolean;
}

/** One row of the table of options. */
export interface OptionRow {
  /** As typed after `--`. */
  readonly name: string;
  /** `flag` takes no value; `texts` may be repeated. */
  readonly kind: "flag" | "text" | "texts" | "integer";
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
  seeds: {
    name: "seeds",
    kind: "text",
    value: "N|LIST",
    help: "use seeds 1 to N, or a list such as 3,5,8, in place of the experiment's",
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
  debug: { name: "debug", kind: "flag", help: "print stack traces for wrong input, too" },
  help: { name: "help", kind: "flag", help: "print this text" },
} as const satisfies Record<keyof Options, OptionRow>;

export type OptionKey = keyof typeof OPTIONS;

/** The options that every command has. */
export const COMMON_OPTIONS: readonly OptionKey[] = ["debug", "help"];
