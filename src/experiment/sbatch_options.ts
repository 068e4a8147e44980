import { nearest } from "../nearest.ts";

/**
 * Who may give an option: anybody; the command line alone, because it can run code, read or write
 * files elsewhere, or tell somebody of the job; nobody, because a launch depends on it.
 */
type Giver = "anybody" | "command line" | "nobody";
/** Whether an option takes a value, which then has to stand in the same argument. */
type Value = "value" | "maybe a value" | "no value";

interface SbatchOption {
  readonly giver: Giver;
  readonly value: Value;
}

/** Options of sbatch that choose nodes, resources, priority and time. */
const RESOURCES = [
  ...["account", "begin", "comment", "constraint", "core-spec", "cores-per-socket", "cpu-freq"],
  ...["cpus-per-gpu", "deadline", "delay-boot", "distribution", "exclude", "extra-node-info"],
  ...["gpu-bind", "gpu-freq", "gpus", "gpus-per-node", "gpus-per-socket", "gpus-per-task", "gres"],
  ...["gres-flags", "hint", "licenses", "mcs-label", "mem", "mem-bind", "mem-per-cpu"],
  ...["mem-per-gpu", "mincpus", "nodelist", "partition", "prefer", "priority", "qos"],
  ...["reservation", "sockets-per-node", "switches", "thread-spec", "threads-per-core", "time"],
  ...["time-min", "tmp", "wckey"],
];
const RESOURCE_FLAGS = ["contiguous", "hold", "overcommit", "oversubscribe", "spread-job"];
/** Options that can run code, use files elsewhere or tell somebody of the job. */
const POWERFUL = [
  ...["acctg-freq", "bb", "bbf", "chdir", "container", "export", "export-file", "gid", "input"],
  ...["mail-type", "mail-user", "network", "nodefile", "power", "profile", "signal", "uid"],
];
/** Options that a launch depends on. */
const OWN = [
  ...["array", "batch", "cluster-constraint", "clusters", "cpus-per-task", "dependency", "error"],
  ...["job-name", "nodes", "ntasks", "ntasks-per-core", "ntasks-per-gpu", "ntasks-per-node"],
  ...["ntasks-per-socket", "open-mode", "output", "wait-all-nodes", "wrap"],
];
const OWN_FLAGS = [
  ...["help", "ignore-pbs", "kill-on-invalid-dep", "no-kill", "no-requeue", "parsable", "quiet"],
  ...["requeue", "test-only", "usage", "use-min-nodes", "verbose", "version", "wait"],
];

/** The options of sbatch by their full names. */
const OPTIONS: ReadonlyMap<string, SbatchOption> = new Map([
  ...rows(RESOURCES, "anybody", "value"),
  ...rows(RESOURCE_FLAGS, "anybody", "no value"),
  ...rows(["exclusive", "nice"], "anybody", "maybe a value"),
  ...rows(POWERFUL, "command line", "value"),
  ...rows(["get-user-env", "propagate"], "command line", "maybe a value"),
  ...rows(["reboot"], "command line", "no value"),
  ...rows(OWN, "nobody", "value"),
  ...rows(OWN_FLAGS, "nobody", "maybe a value"),
]);

/** What the letters stand for that sbatch takes in place of full names. */
const LETTERS: Readonly<Record<string, string>> = {
  ...{ A: "account", a: "array", b: "begin", D: "chdir", M: "clusters", C: "constraint" },
  ...{ S: "core-spec", c: "cpus-per-task", d: "dependency", m: "distribution", e: "error" },
  ...{ x: "exclude", B: "extra-node-info", G: "gpus", h: "help", H: "hold", i: "input" },
  ...{ J: "job-name", L: "licenses", k: "no-kill", F: "nodefile", w: "nodelist", N: "nodes" },
  ...{ n: "ntasks", o: "output", O: "overcommit", s: "oversubscribe", p: "partition", q: "qos" },
  ...{ Q: "quiet", t: "time", v: "verbose", V: "version", W: "wait" },
};

/** A letter may stand for several options, and sbatch completes a name that is cut off. */
const FULL_NAMES = "options of sbatch must be given by their full names";

function rows(names: readonly string[], giver: Giver, value: Value) {
  return names.map((name) => [name, { giver, value }] as const);
}

/**
 * What is wrong with an argument for sbatch, if anything.
 *
 * Options must have their full names. An experiment may be somebody else's, so it can only give
 * options that choose nodes, resources, priority and time.
 *
 * @param source Where the argument was given.
 */
export function sbatchArgProblem(
  argument: string,
  source: "command line" | "experiment",
): string | undefined {
  const [, name, value] = argument.match(/^--([^=]+)(?:=(.*))?$/s) ?? [];
  if (name === undefined) {
    const long = LETTERS[argument.match(/^-([^-])/)?.[1] ?? ""];
    return long === undefined
      ? "it must be an option of sbatch, such as --mem=4G"
      : `${FULL_NAMES}: --${long}`;
  }
  const option = OPTIONS.get(name);
  if (!option) return unknownProblem(name);
  if (option.giver === "nobody") return ownProblem(name, source);
  if (option.value === "value" && value === undefined) {
    return `it needs a value, as in --${name}=VALUE`;
  }
  if (option.value === "no value" && value !== undefined) return "it takes no value";
  if (source === "command line") return undefined;
  if (option.giver === "command line") {
    return `an experiment cannot give it; the command line can: --sbatch-arg=${argument}`;
  }
  // `--nodelist` and `--exclude` take a value with a slash for a file that has the list.
  return value?.includes("/") ? "an experiment cannot give a value with a slash" : undefined;
}

function unknownProblem(name: string): string {
  const names = [...OPTIONS.keys()];
  const completed = names.filter((full) => full.startsWith(name));
  if (completed.length > 0) {
    return `${FULL_NAMES}: ${completed.map((full) => `--${full}`).join(" or ")}`;
  }
  const allowed = names.filter((full) => OPTIONS.get(full)?.giver !== "nobody");
  const near = nearest(name, allowed);
  return "it is not among the options of sbatch that regsweep passes on" +
    (near === undefined ? "" : `; did you mean --${near}?`);
}

function ownProblem(name: string, source: "command line" | "experiment"): string {
  if (name !== "cpus-per-task") return "a sweep sets it itself";
  const own = source === "experiment" ? "cpus_per_task: N" : "--cpus-per-task N";
  return `a sweep sets it itself: use ${own}`;
}
