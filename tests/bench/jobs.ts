import { join } from "node:path";
import { openExperiment } from "../../src/experiment/open_experiment.ts";
import { pythonWith } from "../_python_with.ts";
import type { Measurement } from "./measure.ts";
import { notMeasured } from "./peers.ts";

const PROJECT = new URL("../../", import.meta.url).pathname;
const EXPERIMENT = join(PROJECT, "experiments/l1-vs-l2.yaml");
const DIGITS = join(PROJECT, "data/digits.csv");
/** Jobs take minutes, so that a few turns are enough. */
const TURNS = 2;
/** Longer than any job may take. */
const LIMIT_MILLISECONDS = 3_600_000;

/** A job as one starts it: its command, and what is compared with it. */
interface Job {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** How many times as fast as this job native kernels should be. */
  readonly target?: number;
}

const PEERS = [
  { name: "NumPy", script: "numpy_job.py", module: "numpy", target: 1.2 },
  { name: "scikit-learn through joblib", script: "sklearn_job.py", module: "sklearn, joblib" },
  { name: "PyTorch", script: "torch_job.py", module: "torch" },
];

/**
 * The whole of l1-vs-l2 as it is shipped, from start to the means of its cells, against programs that
 * train the same runs in as many processes as there are cores; in turns.
 */
export async function measureJobs(): Promise<Measurement[]> {
  const job = await describeJob();
  const reports = await Deno.makeTempDir({ prefix: "regsweep-bench-" });
  try {
    const ours = (["wasm", "native"] as const).map((kernels) => sweepJob(kernels, reports));
    const peers: Job[] = [];
    const missing: Measurement[] = [];
    for (const { name, script, module, target } of PEERS) {
      const python = await pythonWith(module);
      if (python === undefined) missing.push(notMeasured(`${name}, the whole job`, module));
      else {
        const path = new URL(`./peers/${script}`, import.meta.url).pathname;
        peers.push({ name, command: python, args: [path, job], target });
      }
    }
    const seconds = new Map<string, number>();
    for (let turn = 0; turn < TURNS; turn++) {
      for (const each of [...ours, ...peers]) {
        await Deno.remove(join(reports, "store"), { recursive: true }).catch(ignoreMissing);
        const time = await secondsOf(each);
        seconds.set(each.name, Math.min(seconds.get(each.name) ?? Infinity, time));
      }
    }
    return [...compare(ours, peers, seconds), ...missing];
  } finally {
    await Deno.remove(reports, { recursive: true });
  }
}

/** What a peer gets: the same cells and seeds, and the settings of all of them. */
async function describeJob(): Promise<string> {
  const { experiment } = await openExperiment(EXPERIMENT);
  const configs = Array.from(experiment.cells, ({ config }) => config);
  const [config] = configs;
  return JSON.stringify({
    table: DIGITS,
    cells: configs.map((config) => ({ l1: config.l1_penalty, l2: config.l2_penalty })),
    seeds: experiment.seeds,
    steps: config.steps,
    rate: config.learning_rate,
    evaluate_every: config.evaluate_every,
    hidden: config.hidden,
  });
}

function sweepJob(kernels: "native" | "wasm", reports: string): Job {
  const workers = String(navigator.hardwareConcurrency);
  const options = ["--reports", reports, "--workers", workers, "--kernels", kernels, "--quiet"];
  return {
    name: `regsweep, ${kernels} kernels`,
    command: Deno.execPath(),
    args: ["task", "--quiet", "sweep", EXPERIMENT, ...options],
  };
}

async function secondsOf({ name, command, args }: Job): Promise<number> {
  const started = performance.now();
  const { success } = await new Deno.Command(command, {
    args: [...args],
    cwd: PROJECT,
    // It leaves no files in the source tree.
    env: { PYTHONDONTWRITEBYTECODE: "1" },
    stdout: "null",
    stderr: "inherit",
    signal: AbortSignal.timeout(LIMIT_MILLISECONDS),
  }).output();
  if (!success) throw new Error(`The job of ${name} failed`);
  return (performance.now() - started) / 1000;
}

function compare(
  ours: readonly Job[],
  peers: readonly Job[],
  seconds: ReadonlyMap<string, number>,
): Measurement[] {
  const timeOf = ({ name }: Job) => seconds.get(name) ?? NaN;
  const rows = ours.map((job) => {
    return { name: `${job.name}, the whole of l1-vs-l2`, value: timeOf(job), unit: "s" };
  });
  return [
    ...rows,
    ...peers.flatMap((peer) =>
      ours.map((job) => {
        const isNative = job === ours.at(-1);
        return {
          name: `${job.name}, the whole job against ${peer.name}`,
          value: timeOf(peer) / timeOf(job),
          unit: "times as fast",
          ...isNative && peer.target !== undefined && {
            target: { kind: "at least" as const, value: peer.target },
          },
          note: `${peer.name} in ${navigator.hardwareConcurrency} processes: ` +
            `${timeOf(peer).toFixed(0)} s`,
        };
      })
    ),
  ];
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
