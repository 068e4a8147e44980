import { assert, assertEquals, assertLess } from "@std/assert";
import { LocalLauncher } from "../../../src/sweep/local/local_launcher.ts";
import type { LaunchedRun, LaunchOptions } from "../../../src/sweep/launcher.ts";
import { planRuns } from "../../../src/sweep/plan_runs.ts";
import type { PlannedRun } from "../../../src/sweep/planned_run.ts";
import { schedule } from "../../../src/sweep/schedule.ts";
import { KeptStates } from "../../../src/sweep/stages/kept_states.ts";
import { MODEL_SPACE, ModelSpace } from "../../../src/store/model_space.ts";
import { trainerContext } from "../../../src/trainers/trainer_context.ts";
import { openOnDataset } from "../../_on_dataset.ts";

/** Every technique, and ends of all kinds. */
const TECHNIQUES = `
grid:
  - dropout: 0.2
    input_noise: 0.1
    batch_size: 16
    optimizer: adam
    steps: [100, 150]
    prune_threshold: [0, 0.5]
    prune_period: 50
    evaluate_every: [40, 50]
    early_stopping: [none, 1, 2]
  - momentum: 0.9
    l1_penalty: 0.001
    l2_penalty: 0.001
    max_norm: 2
    steps: [100, 150]
    prune_threshold: [0, 0.5, 0.9]
    prune_period: [50, 75]
    early_stopping: [none, 1]
  - learning_rate: 100
    steps: [60, 120]
    evaluate_every: [7, 30]
`;

const problems: string[] = [];
const OPTIONS: LaunchOptions = {
  signal: new AbortController().signal,
  onProblem: (message) => problems.push(message),
};

/** Results by the runs' keys, without the time that they took. */
async function launched(
  launcher: LocalLauncher,
  runs: readonly PlannedRun[],
  options: Partial<LaunchOptions> = {},
): Promise<Map<string, unknown>> {
  const results = new Map<string, unknown>();
  for await (const ended of launcher.launch(schedule(runs), { ...OPTIONS, ...options })) {
    results.set(ended.run.key, resultOf(ended));
  }
  return results;
}

function resultOf({ result, failure }: LaunchedRun): unknown {
  assert(result, failure);
  const { trainSeconds: _, ...others } = result;
  return others;
}

async function withRuns(
  text: string,
  use: (given: {
    runs: readonly PlannedRun[];
    launcherOf: (workers: number) => LocalLauncher;
    sharing: () => KeptStates;
  }) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const rows = Array.from({ length: 60 }, (_, row) => `${row},${(row * 7) % 11},${row % 2}`);
    await Deno.writeTextFile(`${folder}/t.csv`, ["a,b,y", ...rows].join("\n") + "\n");
    const lines = ["name: t", "dataset: { path: t.csv, target: y }", "seeds: 2", text];
    await Deno.writeTextFile(`${folder}/t.yaml`, lines.join("\n"));
    const { experiment, dataset } = await openOnDataset(`${folder}/t.yaml`);
    const context = await trainerContext(experiment.trainers.all, dataset);
    const sharing = () => {
      const { checkpoints } = new ModelSpace(`${folder}/store`, {
        bytes: MODEL_SPACE,
        ...OPTIONS,
      });
      return new KeptStates({ checkpoints, trainers: experiment.trainers, keepsAll: true });
    };
    const launcherOf = (workers: number) => new LocalLauncher({ workers, context });
    await use({ runs: planRuns(experiment, dataset).runs, launcherOf, sharing });
    assertEquals(problems.splice(0), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("LocalLauncher gives the results of separate runs where runs share steps", () =>
  withRuns(TECHNIQUES, async ({ runs, launcherOf, sharing }) => {
    const apart = await launched(launcherOf(1), runs);
    assertEquals(apart.size, runs.length);
    assertEquals(await launched(launcherOf(1), runs, { sharing: sharing() }), apart);
    // And those that go on from the ends of these, on several workers.
    const longer = runs.filter(({ mostSteps }) => mostSteps === 150);
    assert(longer.length > 0);
    const again = await launched(launcherOf(3), longer, { sharing: sharing() });
    assertEquals(again, new Map(longer.map(({ key }) => [key, apart.get(key)])));
  }));

Deno.test("LocalLauncher goes on from the states that shorter runs have left", () =>
  withRuns("fixed: { hidden: [512, 512] }\ngrid: { steps: [100, 110] }", async (given) => {
    const { runs, launcherOf, sharing } = given;
    const shared = sharing();
    const launcher = launcherOf(1);
    const [short, long] = [100, 110].map((steps) => runs.filter((run) => run.mostSteps === steps));
    const apart = await launched(launcher, long);
    await launched(launcher, short, { sharing: shared });
    const read: number[] = [];
    const watched = {
      latest: (run: PlannedRun) => shared.latest(run),
      read: async (...args: Parameters<KeptStates["read"]>) => {
        const state = await shared.read(...args);
        read.push(state?.step ?? -1);
        return state;
      },
      keepsEnd: () => false,
      keep: () => Promise.resolve(),
      remove: () => {},
    };
    assertEquals(await launched(launcher, long, { sharing: watched }), apart);
    assertEquals(read, [100, 100]);
  }));

Deno.test("LocalLauncher shares nothing unless it is asked to", () =>
  withRuns("fixed: { hidden: [8] }\ngrid: { steps: [20, 40] }", async ({ runs, launcherOf }) => {
    const results = await launched(launcherOf(1), runs);
    assertEquals(results.size, 4);
    assertLess(problems.length, 1);
  }));
