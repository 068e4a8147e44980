import { compileNative } from "../../src/kernels/compile_native.ts";
import { LocalLauncher } from "../../src/sweep/local/local_launcher.ts";
import type { PlannedRun } from "../../src/sweep/planned_run.ts";
import type { Config } from "../../src/trainers/hyperparameter.ts";
import type { TrainerContext } from "../../src/trainers/trainer.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { benchConfig, DIGITS_TASK, loadDigits } from "./digits.ts";
import type { Measurement } from "./measure.ts";

const ROUNDS = 3;
const SHORT_RUNS = 200;

/** Two workers against one, and the time of a run that is not spent in training. */
export async function measureLaunching(): Promise<Measurement[]> {
  const equalRuns = await plan(40, { steps: 30, evaluate_every: 30 });
  let one = Infinity;
  let two = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    one = Math.min(one, await launchSeconds(equalRuns, 1));
    two = Math.min(two, await launchSeconds(equalRuns, 2));
  }
  const [native] = await compileNative();
  return [
    {
      name: "two workers against one",
      value: one / two,
      unit: "times as fast",
      target: { kind: "at least", value: 1.9 },
      note: `${equalRuns.length} equal runs`,
    },
    ...await measureOutside("", await loadDigits()),
    ...await measureOutside(", native kernels", { ...await loadDigits(), native }),
  ];
}

async function measureOutside(kernels: string, context: TrainerContext): Promise<Measurement[]> {
  return [
    {
      name: `time of a run outside training${kernels}`,
      value: await leastOutside(context, { seedsRepeat: false }),
      unit: "ms",
      target: { kind: "at most", value: 1.2 },
      note: `in its worker, the least of ${SHORT_RUNS} runs; --long has the mean of a sweep`,
    },
    {
      name: `the same after a run of its seed${kernels}`,
      value: await leastOutside(context, { seedsRepeat: true }),
      unit: "ms",
      target: { kind: "at most", value: 1.2 },
      note: "as most runs of a sweep with many cells",
    },
  ];
}

/** Milliseconds that a run takes before and after its training: rows, first weights, digest. */
async function leastOutside(
  context: TrainerContext,
  { seedsRepeat }: { readonly seedsRepeat: boolean },
): Promise<number> {
  const train = await BUILT_IN.named("mlp").load(context);
  const config = benchConfig({ steps: 10, evaluate_every: 10 });
  let least = Infinity;
  for (let run = 1; run <= SHORT_RUNS; run++) {
    const seed = seedsRepeat ? 1 : run;
    const started = performance.now();
    const { result } = await train({ ...DIGITS_TASK, config, seed });
    least = Math.min(least, performance.now() - started - 1000 * result.trainSeconds);
  }
  return least;
}

async function plan(count: number, values: Config): Promise<PlannedRun[]> {
  const { dataset } = await loadDigits();
  const config = benchConfig(values);
  const shape = {
    trainRows: 1079,
    validationRows: 359,
    testRows: 359,
    columns: dataset.columns,
    classes: dataset.classes.length,
  };
  const flops = BUILT_IN.named("mlp").cost(config, shape);
  const cell = { index: 0, name: "all", technique: "", trainer: "mlp", config };
  return Array.from({ length: count }, (_, replicate) => {
    const seed = replicate + 1;
    const task = { ...DIGITS_TASK, trainer: "mlp", config, seed };
    const identity = {
      ...DIGITS_TASK,
      trainer: "mlp",
      version: 0,
      dataset: dataset.checksum,
      target: "digit",
      config,
      seed,
    };
    return { key: `${seed}`, identity, cell, replicate, task, measures: [], flops };
  });
}

/** Wall time from the first worker's start to the last result. */
async function launchSeconds(runs: readonly PlannedRun[], workers: number): Promise<number> {
  const launcher = new LocalLauncher({ workers, context: await loadDigits() });
  const started = performance.now();
  const launched = launcher.launch(runs, {
    signal: new AbortController().signal,
    onProblem: (message) => {
      throw new Error(message);
    },
  });
  for await (const { result, failure } of launched) if (!result) throw new Error(failure);
  return (performance.now() - started) / 1000;
}
