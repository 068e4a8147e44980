import { assert, assertEquals } from "@std/assert";
import { loadMathModule } from "../../../src/kernels/load_math.ts";
import type { LaunchedRun } from "../../../src/sweep/launcher.ts";
import { LocalLauncher } from "../../../src/sweep/local/local_launcher.ts";
import type { ModuleCode } from "../../../src/trainers/own_code.ts";
import { HANG_SECONDS } from "../../_hang_seconds.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { plannedRuns } from "../_planned_runs.ts";

const DATASET = numericDataset({
  ...{ rows: 50, columns: 3, classes: 2, checksum: "points" },
  valueAt: (row, column) => (row * (column + 3)) % 7,
});

function moduleOf(statements: string): ModuleCode {
  const text = `const even = (x, rows) => new Float64Array(2 * rows).fill(0.5);
export default { name: "t", *train({ seed, config, random, math }) {
${statements}
} };\n`;
  return {
    ...{ kind: "module", name: "t", version: "1", tasks: ["classification"] },
    ...{ hyperparameters: [], folder: "trainers", packages: [], allow: [] },
    files: [{ path: "t.ts", checksum: "", text, imports: [], packages: [] }],
  };
}

/** Trains runs of a module with seeds 0, 1, … */
async function launch(
  statements: string,
  { runs: count, workers = 2, runTimeoutSeconds, stop }: {
    readonly runs: number;
    readonly workers?: number;
    readonly runTimeoutSeconds?: number;
    /** Interrupts at the first problem or message. */
    readonly stop?: AbortController;
  },
): Promise<{ bySeed: LaunchedRun[]; problems: string[]; messages: string[] }> {
  const runs = plannedRuns(new Array(count).fill({})).map((run) => ({
    ...run,
    task: { ...run.task, trainer: "t" },
    cell: { ...run.cell, trainer: "t" },
  }));
  const context = { dataset: DATASET, math: await loadMathModule(), own: [moduleOf(statements)] };
  const launcher = new LocalLauncher({ workers, context, runTimeoutSeconds });
  const bySeed: LaunchedRun[] = [];
  const [problems, messages]: [string[], string[]] = [[], []];
  const options = {
    signal: stop?.signal ?? AbortSignal.timeout(1000 * HANG_SECONDS),
    onProblem: (message: string) => {
      problems.push(message);
      stop?.abort();
    },
    onMessage: (message: string) => {
      messages.push(message);
      stop?.abort();
    },
  };
  for await (const outcome of launcher.launch(runs, options)) {
    bySeed[outcome.run.task.seed] = outcome;
  }
  return { bySeed, problems, messages };
}

Deno.test("LocalLauncher trains runs of modules: the same with one worker and with two", async () => {
  const statements = `yield { step: 0, predict: even, measures: { x: random("a")() } };`;
  const [one, two] = [
    await launch(statements, { runs: 6, workers: 1 }),
    await launch(statements, { runs: 6, workers: 2 }),
  ];
  const digests = ({ bySeed }: typeof one) => bySeed.map(({ result }) => result?.digest);
  assertEquals(digests(one), digests(two));
  assertEquals(new Set(digests(one)).size, 6);
});

Deno.test("LocalLauncher goes on after a run of a module that throws, and shows where once", async () => {
  const { bySeed, problems } = await launch(
    `yield { step: 0, predict: even };
    if (seed % 2 === 1) throw new Error("odd");`,
    { runs: 4 },
  );
  assertEquals(bySeed.map(({ failure }) => failure), [
    undefined,
    "trainers/t.ts:4:31: Error: odd",
    undefined,
    "trainers/t.ts:4:31: Error: odd",
  ]);
  assertEquals(problems.length, 1);
  assert(problems[0].includes("trainers/t.ts:4:31: Error: odd\n    at "), problems[0]);
});

Deno.test("LocalLauncher ends a run of a module that never ends, and its thread", async () => {
  const { bySeed } = await launch(
    `yield { step: 0, predict: even };
    while (seed === 1);`,
    { runs: 4, runTimeoutSeconds: 15 },
  );
  assertEquals(bySeed.map(({ failure }) => failure), [
    undefined,
    "no result after 15 s: stopped; --run-timeout allows more",
    undefined,
    undefined,
  ]);
});

Deno.test("LocalLauncher fails the first run of a module whose results depend on earlier runs", async () => {
  const { bySeed } = await launch(
    `globalThis.runs = (globalThis.runs ?? 0) + 1;
    yield { step: 0, predict: even, measures: { runs: globalThis.runs } };`,
    { runs: 3, workers: 1 },
  );
  assertEquals(bySeed.map(({ failure }) => failure), [
    "trainer t is not deterministic: this run, trained first and once more after all others, has " +
    "two results",
    undefined,
    undefined,
  ]);
});

Deno.test("LocalLauncher yields the first run of a module when it is interrupted", async () => {
  const stop = new AbortController();
  const { bySeed } = await launch(
    `if (seed === 1) console.log("begun");
    while (seed === 1);
    yield { step: 0, predict: even };`,
    { runs: 2, workers: 1, stop },
  );
  assertEquals(bySeed.map(({ failure }) => failure), [undefined]);
});

Deno.test("LocalLauncher shows what a module prints", async () => {
  const { problems, messages } = await launch(
    `console.log("seed", seed);
    yield { step: 0, predict: even };`,
    { runs: 1 },
  );
  assertEquals([problems, messages], [[], ["cell 0, seed 0: seed 0"]]);
});
