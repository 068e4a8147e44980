import type { Config } from "../../src/experiment/hyperparameters.ts";
import { LocalLauncher } from "../../src/sweep/local_launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import { runFlops } from "../../src/train/run_flops.ts";
import type { Measurement } from "./measure.ts";
import { benchConfig, DIGITS_TASK, loadDigits } from "./digits.ts";

const ROUNDS = 3;

/** Two workers against one, and the time per run that is not spent in training. */
export async function measureLaunching(): Promise<Measurement[]> {
  const equalRuns = await plan(40, { steps: 30, evaluate_every: 30 });
  const shortRuns = await plan(200, { steps: 10, evaluate_every: 10 });
  let one = Infinity;
  let two = Infinity;
  let outside = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    one = Math.min(one, (await launch(equalRuns, 1)).seconds);
    two = Math.min(two, (await launch(equalRuns, 2)).seconds);
    const { seconds, trainSeconds } = await launch(shortRuns, 1);
    outside = Math.min(outside, (seconds - trainSeconds) / shortRuns.length * 1000);
  }
  return [
    {
      name: "two workers against one",
      value: one / two,
      unit: "times as fast",
      target: { kind: "at least", value: 1.9 },
      note: `${equalRuns.length} equal runs`,
    },
    {
      name: "time outside training, per run",
      value: outside,
      unit: "ms",
      target: { kind: "at most", value: 2 },
      note: `${shortRuns.length} runs of 10 steps, one worker`,
    },
  ];
}

async function plan(count: number, values: Config): Promise<PlannedRun[]> {
  const { dataset } = await loadDigits();
  const config = benchConfig(values);
  const shape = {
    trainRows: 1079,
    validationRows: 359,
    columns: dataset.columns,
    classes: dataset.classes.length,
  };
  const flops = runFlops("mlp", config, shape);
  const cell = { index: 0, name: "all", technique: "", trainer: "mlp" as const, config };
  return Array.from({ length: count }, (_, replicate) => {
    const seed = replicate + 1;
    const task = { ...DIGITS_TASK, trainer: "mlp" as const, config, seed };
    const identity = {
      ...DIGITS_TASK,
      trainer: "mlp" as const,
      version: 0,
      dataset: dataset.checksum,
      target: "digit",
      config,
      seed,
    };
    return { key: `${seed}`, identity, cell, replicate, task, flops };
  });
}

/** Wall time from the first worker's start to the last result, and the training's share of it. */
async function launch(runs: readonly PlannedRun[], workers: number) {
  const launcher = new LocalLauncher({ workers, context: await loadDigits() });
  const started = performance.now();
  let trainSeconds = 0;
  const launched = launcher.launch(runs, {
    signal: new AbortController().signal,
    onProblem: (message) => {
      throw new Error(message);
    },
  });
  for await (const { result, failure } of launched) {
    if (!result) throw new Error(failure);
    trainSeconds += result.trainSeconds;
  }
  return { seconds: (performance.now() - started) / 1000, trainSeconds };
}
