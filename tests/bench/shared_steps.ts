import { join } from "node:path";
import type { Measurement } from "./measure.ts";

const PROJECT = new URL("../../", import.meta.url).pathname;
const DIGITS = join(PROJECT, "data/digits.csv");
/** The commit since which runs share steps. */
const SUBJECT = "sweep: train steps that runs share once, and score runs by their models";
const TURNS = 2;
/** Longer than any sweep here may take. */
const LIMIT_MILLISECONDS = 1_800_000;

interface Sweep {
  readonly name: string;
  /** How many times as fast as before it should be. */
  readonly target: number;
  /** As in the experiment, but for what all have; `steps` are multiplied. */
  readonly experiment: (steps: (count: number) => number) => Readonly<Record<string, unknown>>;
}

const SWEEPS: readonly Sweep[] = [
  {
    name: "the cells of l1-vs-l2",
    target: 1.2,
    experiment: (steps) => ({
      fixed: { steps: steps(600), learning_rate: 0.2 },
      grid: [{ l1_penalty: [0, 1e-5, 1e-4, 1e-3] }, {
        l2_penalty: { log: [1e-5, 1e-1], count: 5 },
      }],
      seeds: 3,
      baseline: { l1_penalty: 0, l2_penalty: 0 },
    }),
  },
  {
    name: "successive halving of 81 cells",
    target: 1.3,
    experiment: (steps) => ({
      fixed: { steps: steps(450), evaluate_every: steps(50) },
      grid: {
        l1_penalty: [0, 1e-5, 1e-4],
        l2_penalty: [0, 1e-4, 1e-3],
        dropout: [0, 0.1, 0.2],
        learning_rate: [0.05, 0.1, 0.2],
      },
      successive_halving: { min_steps: steps(50), eta: 3 },
      seeds: 1,
    }),
  },
  {
    name: "a grid of steps [300, 600, 1200, 2400]",
    target: 1.7,
    experiment: (steps) => ({
      fixed: { learning_rate: 0.2 },
      grid: { steps: [300, 600, 1200, 2400].map(steps) },
      seeds: 2,
    }),
  },
  {
    name: "10 patiences of early stopping",
    target: 5,
    experiment: (steps) => ({
      fixed: { steps: steps(600), learning_rate: 0.2, evaluate_every: steps(20) },
      grid: { early_stopping: [1, 2, 3, 4, 5, 6, 8, 10, 15, 20] },
      seeds: 2,
    }),
  },
  {
    name: "a grid of pruning thresholds",
    target: 1.2,
    experiment: (steps) => ({
      fixed: { steps: steps(600), learning_rate: 0.2, prune_period: steps(300) },
      grid: { prune_threshold: [0, 0.01, 0.02, 0.05, 0.1] },
      seeds: 2,
    }),
  },
];

export interface SharedStepsOptions {
  /** The commit to compare with; the last before runs shared steps if not given. */
  readonly before?: string;
  /** The share of each sweep's steps that are trained; all if not given. */
  readonly share?: number;
}

/**
 * Whole sweeps of cells that share steps, with an earlier commit and with this one; in turns, on all
 * cores, with WebAssembly. Both must come to the same runs.csv.
 */
export async function measureSharedSteps(
  { before, share = 1 }: SharedStepsOptions = {},
): Promise<Measurement[]> {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-bench-" });
  try {
    const project = join(folder, "before");
    const commit = before ?? await lastBefore(SUBJECT);
    if (commit === undefined || !await checkOut(commit, project)) {
      const note = "this needs the project's history, in a Git clone that is not shallow";
      return [{ name: "sweeps against an earlier commit", value: NaN, unit: "", note }];
    }
    const measurements: Measurement[] = [];
    for (const { name, target, experiment } of SWEEPS) {
      const file = join(folder, "sweep.yaml");
      const steps = (count: number) => Math.max(1, Math.round(share * count));
      const dataset = { path: DIGITS, target: "digit" };
      // JSON is YAML, too.
      await Deno.writeTextFile(
        file,
        JSON.stringify({ name: "sweep", dataset, ...experiment(steps) }),
      );
      const [then, now] = await inTurns(file, [project, PROJECT]);
      measurements.push({
        name: `${name}, against commit ${commit.slice(0, 7)}`,
        value: then / now,
        unit: "times as fast",
        target: { kind: "at least", value: target },
        note: `${then.toFixed(1)} s before, ${now.toFixed(1)} s now`,
      });
    }
    return measurements;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The least seconds that a sweep takes with each copy of the project. */
async function inTurns(file: string, projects: readonly string[]): Promise<number[]> {
  const least = projects.map(() => Infinity);
  const texts = new Set<string>();
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [index, project] of projects.entries()) {
      const reports = await Deno.makeTempDir({ prefix: "regsweep-bench-" });
      try {
        const args = ["task", "--quiet", "sweep", file, "--reports", reports, "--quiet"];
        const started = performance.now();
        await run(Deno.execPath(), [...args, "--kernels", "wasm"], project);
        least[index] = Math.min(least[index], (performance.now() - started) / 1000);
        texts.add(await Deno.readTextFile(join(reports, "sweep", "runs.csv")));
      } finally {
        await Deno.remove(reports, { recursive: true });
      }
    }
  }
  if (texts.size > 1) throw new Error(`The sweeps of ${file} have different results`);
  return least;
}

/** The last commit before the one with a subject; undefined if there is no history. */
async function lastBefore(subject: string): Promise<string | undefined> {
  const args = ["log", "--format=%P", "--max-count=1", "--fixed-strings", `--grep=${subject}`];
  try {
    return (await run("git", args)).trim().split(" ")[0] || undefined;
  } catch {
    return undefined;
  }
}

/** Copies the project as of a commit, with the packages of this one. */
async function checkOut(commit: string, folder: string): Promise<boolean> {
  await Deno.mkdir(folder);
  const archive = `${folder}.tar`;
  try {
    await run("git", ["archive", "--format=tar", `--output=${archive}`, commit]);
  } catch {
    return false;
  }
  await run("tar", ["-xf", archive, "-C", folder]);
  await Deno.symlink(join(PROJECT, "node_modules"), join(folder, "node_modules"));
  return true;
}

/** Runs a program to its end; gives what it prints. */
async function run(program: string, args: readonly string[], cwd = PROJECT): Promise<string> {
  const signal = AbortSignal.timeout(LIMIT_MILLISECONDS);
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    signal,
  })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  if (!success) throw new Error(`${program} ${args.join(" ")} failed: ${text(stderr)}`);
  return text(stdout);
}
