import { assert, assertEquals } from "@std/assert";
import type { LaunchedRun, LaunchOptions } from "../../../src/sweep/launcher.ts";
import {
  LocalLauncher,
  type LocalLauncherOptions,
} from "../../../src/sweep/local/local_launcher.ts";
import { planRuns } from "../../../src/sweep/plan_runs.ts";
import type { PlannedRun } from "../../../src/sweep/planned_run.ts";
import { schedule } from "../../../src/sweep/schedule.ts";
import { KeptStates } from "../../../src/sweep/stages/kept_states.ts";
import { MODEL_SPACE, ModelSpace } from "../../../src/store/model_space.ts";
import { trainerContext } from "../../../src/trainers/trainer_context.ts";
import { inFolder } from "../../_in_folder.ts";
import { openOnDataset } from "../../_on_dataset.ts";

/** A small experiment's runs, and what trains them. */
export interface Sharers {
  readonly runs: readonly PlannedRun[];
  /** What was told to the user; taken out by whoever expects it. */
  readonly problems: string[];
  launcher(options?: Pick<LocalLauncherOptions, "workers" | "stateSeconds">): LocalLauncher;
  /** What runs have left, looked up anew. */
  sharing(): KeptStates;
  /** Results by the runs' keys, without the time that they took. */
  launch(
    launcher: LocalLauncher,
    runs: readonly PlannedRun[],
    options?: Partial<LaunchOptions>,
  ): Promise<Map<string, unknown>>;
}

/** Plans an experiment on 60 rows, with two seeds. */
export async function withSharers(
  text: string,
  use: (sharers: Sharers) => Promise<void>,
): Promise<void> {
  await inFolder(async (folder) => {
    const rows = Array.from({ length: 60 }, (_, row) => `${row},${(row * 7) % 11},${row % 2}`);
    await Deno.writeTextFile(`${folder}/t.csv`, ["a,b,y", ...rows].join("\n") + "\n");
    const lines = ["name: t", "dataset: { path: t.csv, target: y }", "seeds: 2", text];
    await Deno.writeTextFile(`${folder}/t.yaml`, lines.join("\n"));
    const { experiment, dataset } = await openOnDataset(`${folder}/t.yaml`);
    const context = await trainerContext(experiment.trainers.all, dataset);
    const problems: string[] = [];
    const common: LaunchOptions = {
      signal: new AbortController().signal,
      onProblem: (message) => problems.push(message),
    };
    await use({
      runs: planRuns(experiment, dataset).runs,
      problems,
      launcher: (options) => new LocalLauncher({ workers: 1, context, ...options }),
      sharing() {
        const space = { bytes: MODEL_SPACE, onProblem: common.onProblem };
        const { checkpoints } = new ModelSpace(`${folder}/store`, space);
        return new KeptStates({ checkpoints, trainers: experiment.trainers, keepsAll: true });
      },
      async launch(launcher, runs, options) {
        const results = new Map<string, unknown>();
        for await (const ended of launcher.launch(schedule(runs), { ...common, ...options })) {
          results.set(ended.run.key, resultOf(ended));
        }
        return results;
      },
    });
    assertEquals(problems, []);
  });
}

function resultOf({ result, failure }: LaunchedRun): unknown {
  assert(result, failure);
  const { trainSeconds: _, ...others } = result;
  return others;
}
