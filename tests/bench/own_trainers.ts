import { join } from "node:path";
import { stringify } from "yaml";
import { openExperiment } from "../../src/experiment/open_experiment.ts";
import { LocalLauncher } from "../../src/sweep/local/local_launcher.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { trainerContext } from "../../src/trainers/trainer_context.ts";
import type { Measurement } from "./measure.ts";

const DIGITS = new URL("../../data/digits.csv", import.meta.url).pathname;
const ROUNDS = 2;
const SHORT_RUNS = 250;
const BUSY_RUNS = 160;

/** A module that does nothing. */
export const EMPTY_MODULE = `
export default {
  name: "empty",
  hyperparameters: { value: { type: "number", default: 0 } },
  *train({ seed }) {
    yield { step: 0, measures: { score: seed } };
  },
};
`;
/** One that predicts the same of every row. */
const UNIFORM_MODULE = `
export default {
  name: "uniform",
  tasks: ["classification"],
  *train({ data: { classes } }) {
    yield { step: 0, predict: (x, rows) => new Float64Array(rows * classes.length).fill(0.1) };
  },
};
`;
/** Some 100 ms of arithmetic. */
const BUSY_MODULE = `
export default {
  name: "busy",
  *train({ seed }) {
    let sum = seed;
    for (let i = 0; i < 2e7; i++) sum = (sum * 1.0000001) % 1000;
    yield { step: 0, measures: { score: sum } };
  },
};
`;
const EMPTY_PROGRAM = ["sh", "-c", `echo '{"step": 0, "measures": {"score": 1}}'`];

const SCORE = { metric: { key: "score", better: "larger" } };
const ON_DIGITS = { dataset: { path: DIGITS, target: "digit" } };

/** What runs of modules and programs cost beside their own work. */
export async function measureOwnTrainers(): Promise<Measurement[]> {
  const folder = await Deno.makeTempDir({ prefix: "regsweep-bench-" });
  try {
    for (
      const [name, text] of [
        ["empty", EMPTY_MODULE],
        ["uniform", UNIFORM_MODULE],
        ["busy", BUSY_MODULE],
      ]
    ) await Deno.writeTextFile(join(folder, `${name}.ts`), text);
    const empty = await runMilliseconds(folder, { trainer: "./empty.ts", ...SCORE });
    const uniform = await runMilliseconds(folder, { trainer: "./uniform.ts", ...ON_DIGITS });
    const program = await runMilliseconds(folder, {
      trainer: { command: EMPTY_PROGRAM },
      ...SCORE,
    });
    const busy = { trainer: "./busy.ts", ...SCORE };
    let [one, two] = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS; round++) {
      one = Math.min(one, await launchSeconds(folder, busy, { seeds: BUSY_RUNS, workers: 1 }));
      two = Math.min(two, await launchSeconds(folder, busy, { seeds: BUSY_RUNS, workers: 2 }));
    }
    return [
      {
        name: "a run of a module that does nothing",
        value: empty,
        unit: "ms",
        target: { kind: "at most", value: 3 },
        note: `from run to run, of ${SHORT_RUNS}`,
      },
      {
        name: "the same on the digits, with predictions",
        value: uniform,
        unit: "ms",
        target: { kind: "at most", value: 3 },
      },
      {
        name: "a run of a program that does nothing, beyond its start",
        value: program - await startMilliseconds(),
        unit: "ms",
        target: { kind: "at most", value: 10 },
        note: "sh, which prints one line",
      },
      {
        name: "two workers against one, a module",
        value: one / two,
        unit: "times as fast",
        target: { kind: "at least", value: 1.9 },
        note: `${BUSY_RUNS} equal runs, the start of the workers included`,
      },
    ];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Milliseconds from the end of a run to that of the next one, on one worker: their median. */
async function runMilliseconds(folder: string, experiment: Experiment): Promise<number> {
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const ends = await launch(folder, experiment, { seeds: SHORT_RUNS + 1, workers: 1 });
    const gaps = ends.slice(1).map((end, at) => end - ends[at]);
    least = Math.min(least, median(gaps));
  }
  return least;
}

/** Milliseconds that the empty program takes when nothing but this process starts it. */
async function startMilliseconds(): Promise<number> {
  const [program, ...args] = EMPTY_PROGRAM;
  const times: number[] = [];
  while (times.length < SHORT_RUNS) {
    const started = performance.now();
    const { success } = await new Deno.Command(program, { args, stdin: "null" }).output();
    if (!success) throw new Error(`${program} failed`);
    times.push(performance.now() - started);
  }
  return median(times);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

type Experiment = Readonly<Record<string, unknown>>;

/** Seconds until the last result. */
async function launchSeconds(...launching: Parameters<typeof launch>): Promise<number> {
  return Math.max(...await launch(...launching)) / 1000;
}

/** Milliseconds from the first worker's start to each result. */
async function launch(
  folder: string,
  experiment: Experiment,
  { seeds, workers }: { readonly seeds: number; readonly workers: number },
): Promise<number[]> {
  const file = join(folder, "bench.yaml");
  await Deno.writeTextFile(file, stringify({ name: "bench", seeds, ...experiment }));
  const opened = await openExperiment(file);
  const { runs } = planRuns(opened.experiment, opened.dataset);
  const context = await trainerContext(opened.experiment.trainers.all, opened.dataset);
  const launcher = new LocalLauncher({ workers, context });
  const started = performance.now();
  const launched = launcher.launch(runs, {
    signal: new AbortController().signal,
    onProblem: (message) => {
      throw new Error(message);
    },
  });
  const ends: number[] = [];
  for await (const { result, failure } of launched) {
    if (!result) throw new Error(failure);
    ends.push(performance.now() - started);
  }
  return ends;
}
