import { join } from "node:path";
import { writeLargeDataset } from "./large_dataset.ts";
import type { Measurement } from "./measure.ts";
import { EMPTY_MODULE } from "./own_trainers.ts";
import { sampleMemory } from "./process_tree.ts";

const PROJECT = new URL("../../", import.meta.url).pathname;
const DIGITS = join(PROJECT, "data/digits.csv");
const WORKERS = 2;
const MEBIBYTE = 2 ** 20;
/** Longer than any sweep measured here may take. */
const LIMIT_MILLISECONDS = 3_600_000;
/** The values of the cells where there are many. */
const MANY_VALUES = Array.from({ length: 100 }, (_, n) => n * 1e-5);

/** Sweeps that take minutes: few runs on a large dataset, and very many short ones, of a module too. */
export async function measureLongSweeps(): Promise<Measurement[]> {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-bench-" });
  try {
    await Deno.writeTextFile(join(folder, "empty.ts"), EMPTY_MODULE);
    return [
      ...await measureLargeDataset(folder),
      ...await measureManyRuns(folder, {
        what: "",
        mostMilliseconds: 2.5,
        experiment: {
          name: "many-runs",
          dataset: { path: DIGITS, target: "digit" },
          fixed: { steps: 10, evaluate_every: 10 },
          grid: { l2_penalty: MANY_VALUES },
          baseline: { l2_penalty: 0 },
        },
      }),
      ...await measureManyRuns(folder, {
        what: " of a module that does nothing",
        mostMilliseconds: 2,
        experiment: {
          name: "many-module-runs",
          trainer: "./empty.ts",
          metric: { key: "score", better: "larger" },
          grid: { value: MANY_VALUES },
          baseline: { value: 0 },
        },
      }),
    ];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function measureManyRuns(
  folder: string,
  { what, mostMilliseconds, experiment }: {
    readonly what: string;
    readonly mostMilliseconds: number;
    readonly experiment: Experiment;
  },
): Promise<Measurement[]> {
  const seeds = 100;
  const { seconds, trainSeconds, samples } = await sweep(folder, { ...experiment, seeds });
  const runs = MANY_VALUES.length * seeds;
  // Not the start, where a process grows to its size, nor the end, where the report is drawn.
  const early = Math.max(...samples.slice(samples.length * 0.1, samples.length * 0.3));
  const late = Math.max(...samples.slice(samples.length * 0.7, samples.length * 0.9));
  return [
    {
      name: `time outside training, per run${what} of ${runs} in a sweep`,
      value: 1000 * (WORKERS * seconds - trainSeconds) / runs,
      unit: "ms",
      target: { kind: "at most", value: mostMilliseconds },
      note: `of each of ${WORKERS} workers; ${seconds.toFixed(0)} s in all`,
    },
    {
      name: `memory of a sweep of ${runs} runs${what}, all processes`,
      value: Math.max(...samples) / MEBIBYTE,
      unit: "MiB",
      target: { kind: "at most", value: 600 },
      note: "at most, the report included",
    },
    {
      name: "its growth while it trains",
      value: (late - early) / MEBIBYTE,
      unit: "MiB",
      note: `${(early / MEBIBYTE).toFixed(0)} MiB early, ${(late / MEBIBYTE).toFixed(0)} MiB late`,
    },
  ];
}

async function measureLargeDataset(folder: string): Promise<Measurement[]> {
  const path = join(folder, "large.csv");
  const rows = 70_000;
  await writeLargeDataset(path, rows);
  const { seconds, trainSeconds, samples } = await sweep(folder, {
    name: "large-dataset",
    dataset: { path, target: "digit" },
    fixed: { steps: 400, batch_size: 100, evaluate_every: 400 },
    grid: { dropout: [0, 0.2] },
    seeds: 2,
    baseline: { dropout: 0 },
  });
  return [{
    name: `memory of a sweep on ${rows} rows of 784 columns, all processes`,
    value: Math.max(...samples) / MEBIBYTE / 1024,
    unit: "GiB",
    target: { kind: "at most", value: 4 },
    note: `4 runs on ${WORKERS} workers: ${seconds.toFixed(0)} s, of which each trained ` +
      `${(trainSeconds / WORKERS).toFixed(0)} s`,
  }];
}

interface Experiment {
  readonly name: string;
  readonly [key: string]: unknown;
}

/** Sweeps an experiment in a process of its own. */
async function sweep(folder: string, experiment: Experiment) {
  const file = join(folder, `${experiment.name}.yaml`);
  await Deno.writeTextFile(file, JSON.stringify(experiment)); // which is YAML, too
  const args = ["task", "--quiet", "sweep", file, "--reports", folder, "--quiet"];
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args, "--workers", String(WORKERS)],
    cwd: PROJECT,
    stdout: "null",
    stderr: "inherit",
    signal: AbortSignal.timeout(LIMIT_MILLISECONDS),
  }).spawn();
  const { samples } = await sampleMemory(child);
  if (!(await child.status).success) throw new Error(`The sweep of ${file} failed`);
  const manifest = await Deno.readTextFile(join(folder, experiment.name, "manifest.json"));
  const { seconds, trainSeconds } = JSON.parse(manifest).times;
  return { seconds, trainSeconds, samples };
}
