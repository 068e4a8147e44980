import { loadMathModule } from "../../../src/kernels/load_math.ts";
import type { LaunchedRun, LaunchOptions } from "../../../src/sweep/launcher.ts";
import { LocalLauncher } from "../../../src/sweep/local/local_launcher.ts";
import { HANG_SECONDS } from "../../_hang_seconds.ts";
import { numericDataset } from "../../_numeric_dataset.ts";
import { moduleCode } from "../../trainers/_module_code.ts";
import { plannedRuns } from "../_planned_runs.ts";

const DATASET = numericDataset({
  ...{ rows: 50, columns: 3, classes: 2, checksum: "points" },
  valueAt: (row, column) => (row * (column + 3)) % 7,
});

interface Launching extends Pick<LaunchOptions, "admit"> {
  readonly runs: number;
  readonly workers?: number;
  readonly runTimeoutSeconds?: number;
  /** Interrupts at the first problem or message. */
  readonly stop?: AbortController;
  readonly onOutcome?: (outcome: LaunchedRun) => void;
}

/** What became of runs. */
interface Launched {
  readonly bySeed: readonly LaunchedRun[];
  readonly problems: readonly string[];
  readonly messages: readonly string[];
}

/** Trains runs of a module with seeds 0, 1, … */
export function launchModule(statements: string, options: Launching): Promise<Launched> {
  return launchModules({ t: statements }, options);
}

/** Trains runs of modules, given by name, in turn. */
export async function launchModules(
  modules: Readonly<Record<string, string>>,
  { runs: count, workers = 2, runTimeoutSeconds, stop, admit, onOutcome }: Launching,
): Promise<Launched> {
  const names = Object.keys(modules);
  const runs = plannedRuns(new Array(count).fill({})).map((run, at) => {
    const trainer = names[at % names.length];
    return { ...run, task: { ...run.task, trainer }, cell: { ...run.cell, trainer } };
  });
  const own = Object.entries(modules).map(([name, statements]) => moduleCode(statements, { name }));
  const context = { dataset: DATASET, math: await loadMathModule(), own };
  const launcher = new LocalLauncher({ workers, context, runTimeoutSeconds });
  const bySeed: LaunchedRun[] = [];
  const [problems, messages]: [string[], string[]] = [[], []];
  const options = {
    admit,
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
    onOutcome?.(outcome);
  }
  return { bySeed, problems, messages };
}
