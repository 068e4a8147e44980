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
export async function launchModule(
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
