import { join } from "node:path";
import { stringify } from "yaml";
import { openExperiment } from "../../src/experiment/open_experiment.ts";
import { LocalLauncher } from "../../src/sweep/local/local_launcher.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import { trainerContext } from "../../src/trainers/trainer_context.ts";
import type { Measurement } from "./measure.ts";

const DIGITS = new URL("../../data/digits.csv", import.meta.url).pathname;
/** Odd, so that one of them is the median. */
const ROUNDS = 5;
const SHORT_RUNS = 100;
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

/**
 * What runs of modules and programs cost beside their own work. What is compared is measured in turns, and
 * each figure is the median of all rounds.
 */
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
    const program = { trainer: { command: EMPTY_PROGRAM }, ...SCORE };
    const busy = { trainer: "./busy.ts", ...SCORE };
    const rounds: Round[] = [];
    while (rounds.length < ROUNDS) {
      rounds.push({
        empty: await runMilliseconds(folder, { trainer: "./empty.ts", ...SCORE }),
        uniform: await runMilliseconds(folder, { trainer: "./uniform.ts", ...ON_DIGITS }),
        program: await runMilliseconds(folder, program) - await startMilliseconds(),
        speedUp: await launchSeconds(folder, busy, { seeds: BUSY_RUNS, workers: 1 }) /
          await launchSeconds(folder, busy, { seeds: BUSY_RUNS, workers: 2 }),
      });
    }
    const typical = (key: keyof Round) => median(rounds.map((round) => round[key]));
    return [
      {
        name: "a run of a module that does nothing",
        value: typical("empty"),
        unit: "ms",
        target: { kind: "at most", value: 3 },
        note: `from run to run, the median of ${ROUNDS} rounds of ${SHORT_RUNS}`,
      },
      {
        name: "the same on the digits, with predictions",
        value: typical("uniform"),
        unit: "ms",
        target: { kind: "at most", value: 3 },
      },
      {
        name: "a run of a program that does nothing, beyond its start",
        value: typical("program"),
        unit: "ms",
        target: { kind: "at most", value: 10 },
        note: "sh, which prints one line",
      },
      {
        name: "two workers against one, a module",
        value: typical("speedUp"),
        unit: "times as fast",
        target: { kind: "at least", value: 1.9 },
        note: `${BUSY_RUNS} equal runs, the start of the workers included`,
      },
    ];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What one round measures. */
interface Round {
  /** Milliseconds per run. */
  readonly empty: number;
  readonly uniform: number;
  /** Milliseconds per run, without its start. */
  readonly program: number;
  /** How many times as fast two workers are as one. */
  readonly speedUp: number;
}

/** Milliseconds from the end of a run to that of the next one, on one worker: their median. */
async function runMilliseconds(folder: string, experiment: Experiment): Promise<number> {
  // The first run is not yielded before the others: the launcher repeats it.
  const ends = await launch(folder, experiment, { seeds: SHORT_RUNS + 1, workers: 1 });
  return median(ends.slice(1).map((end, at) => end - ends[at]));
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
