import process from "node:process";
import { compileNative } from "../../src/kernels/compile_native.ts";
import { resolveConfig } from "../../src/trainers/config.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import type { Train } from "../../src/trainers/trainer.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { benchConfig, DIGITS_TASK, loadDigits } from "./digits.ts";
import type { Measurement } from "./measure.ts";
import { notMeasured, Peer } from "./peers.ts";

const DIGITS = new URL("../../data/digits.csv", import.meta.url).pathname;
/** Beside the project where it is developed. */
const NOTEBOOK = new URL("../../../shared/notebook/notebook.txt", import.meta.url).pathname;

const STEPS = 60;
const TURNS = 6;
/** Of the `notebook` trainer's time to the notebook's. */
const TARGET = { kind: "at most", value: 1.2 } as const;
/** How many times as fast as the notebook its trainer should be with native kernels. */
const NATIVE_TARGET = { kind: "at least", value: 2.5 } as const;
/** How many times as fast as the notebook the `mlp` trainer should be with settings like its own. */
const MLP_TARGET = { kind: "at least", value: 3.5 } as const;

/** The notebook's settings as far as the `mlp` trainer has them. */
const LIKE_THE_NOTEBOOK: Config = {
  activation: ["relu", "identity"],
  init: "normal",
  init_scale: 0.01,
  learning_rate: 3e-3,
  dropout: [0, 0.025],
  prune_threshold: 0.1,
  prune_period: 2500,
};

const AS_PUBLISHED = "as published";

const CASES: Readonly<Record<string, Config>> = {
  [AS_PUBLISHED]: {},
  "no dropout, no pruning": { dropout_rate: 0, pruning_rate: 0 },
  "dropout 0.05": { dropout_rate: 0.05 },
  "dropout 0.1": { dropout_rate: 0.1 },
  "dropout 0.5, L1 and L2": { dropout_rate: 0.5, lambda_l1: 0.1, lambda_l2: 1 },
};

/**
 * Steps of the `notebook` trainer with WebAssembly's and with native kernels, and of `mlp` with
 * settings like the notebook's, against the notebook in NumPy: in turns, so that what slows one down
 * slows all.
 */
export async function measureNotebook(): Promise<Measurement[]> {
  const args = [DIGITS, ...isThere(NOTEBOOK) ? [NOTEBOOK] : []];
  const peer = await Peer.start("notebook_peer.py", { module: "numpy", args });
  if (!peer) return [notMeasured("against the notebook", "numpy")];
  try {
    const what = `${await peer.answer()} in NumPy, one thread`;
    return rowsOf(await takeTurns(peer), what);
  } finally {
    peer.close();
  }
}

/** Milliseconds of processor time a step, the best of all turns. */
interface Times {
  mlp: number;
  /** By case. */
  readonly ours: Record<string, number>;
  readonly native: Record<string, number>;
  readonly theirs: Record<string, number>;
}

async function takeTurns(peer: Peer): Promise<Times> {
  const context = await loadDigits();
  const [native] = await compileNative();
  const notebook = await BUILT_IN.named("notebook").load(context);
  const onNative = await BUILT_IN.named("notebook").load({ ...context, native });
  const mlp = await BUILT_IN.named("mlp").load(context);
  const times: Times = { mlp: Infinity, ours: {}, native: {}, theirs: {} };
  for (let turn = 0; turn < TURNS; turn++) {
    times.mlp = Math.min(times.mlp, await stepMilliseconds(mlp, mlpOfSteps));
    for (const [name, values] of Object.entries(CASES)) {
      const configOf = (steps: number) => notebookOfSteps(values, steps);
      const ours = await stepMilliseconds(notebook, configOf);
      const oursOnNative = await stepMilliseconds(onNative, configOf);
      const theirs = Number(await peer.ask(requestOf(values)));
      times.ours[name] = Math.min(times.ours[name] ?? Infinity, ours);
      times.native[name] = Math.min(times.native[name] ?? Infinity, oursOnNative);
      times.theirs[name] = Math.min(times.theirs[name] ?? Infinity, theirs);
    }
  }
  return times;
}

function rowsOf({ mlp, ours, native, theirs }: Times, what: string): Measurement[] {
  const note = (time: number, name: string) =>
    `${time.toFixed(2)} ms a step; ${what}: ${theirs[name].toFixed(2)} ms`;
  return [
    {
      name: "trainer mlp with the notebook's settings, against the notebook",
      value: theirs[AS_PUBLISHED] / mlp,
      unit: "times as fast",
      target: MLP_TARGET,
      note: note(mlp, AS_PUBLISHED),
    },
    ...Object.entries(native).map(([name, time]) => ({
      name: `trainer notebook with native kernels, ${name}`,
      value: theirs[name] / time,
      unit: "times as fast",
      target: name === AS_PUBLISHED ? NATIVE_TARGET : undefined,
      note: note(time, name),
    })),
    ...Object.entries(ours).map(([name, time]) => ({
      name: `trainer notebook, ${name}`,
      value: time / theirs[name],
      unit: "times its time",
      target: TARGET,
      note: note(time, name),
    })),
  ];
}

function notebookOfSteps(values: Config, steps: number): Config {
  return resolveConfig(BUILT_IN.named("notebook"), { ...values, "max_steps": steps });
}

function mlpOfSteps(steps: number): Config {
  return benchConfig({ ...LIKE_THE_NOTEBOOK, steps, evaluate_every: steps });
}

function requestOf(values: Config): string {
  const settings = Object.entries(values).map(([key, value]) => {
    return [key.startsWith("lambda_") ? `my_${key}` : key, value];
  });
  return JSON.stringify({ ...Object.fromEntries(settings), "max_steps": STEPS });
}

/**
 * Of `STEPS` steps, without the start, which all runs have in common; in processor time, since runs
 * are too long for others on the machine to leave any of them alone.
 */
async function stepMilliseconds(
  train: Train,
  configOf: (steps: number) => Config,
): Promise<number> {
  const milliseconds = async (steps: number) => {
    const started = process.cpuUsage();
    await train({ ...DIGITS_TASK, config: configOf(steps), seed: 1337 });
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  };
  const start = await milliseconds(1);
  return (await milliseconds(STEPS + 1) - start) / STEPS;
}

function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
