import { assertEquals, fail } from "@std/assert";
import { join } from "node:path";
import { ModelSpace } from "../../src/store/model_space.ts";
import { planRuns } from "../../src/sweep/plan_runs.ts";
import type { SweepEvent } from "../../src/sweep/sweep_events.ts";
import { sweepExperiment } from "../../src/sweep/sweep_experiment.ts";
import { sampleModel } from "../store/_sample_models.ts";
import { FakeLauncher } from "./_fake_launcher.ts";
import { succeed, succeedClearly, sweepOptions, withSmallExperiment } from "./_small_experiment.ts";

Deno.test("sweepExperiment() saves the models of the cell to use: of the store, or trained again if they are the runs'", () =>
  withSmallExperiment(async (small) => {
    const { experiment, dataset, reports } = small;
    const { runs } = planRuns(experiment, dataset);
    const onProblem = (message: string) => {
      throw new Error(message);
    };
    const { models } = new ModelSpace(join(reports, "store"), { bytes: 2 ** 30, onProblem });
    // Of the cell to use, the store has the first run's model. Results are made up, so that no training
    // gives them.
    const [first, second] = runs.filter(({ cell }) => cell.name === "l2_penalty=0.1");
    await models.put({ ...sampleModel("a"), key: first.key, digest: first.key });
    const messages: string[] = [];
    const result = await sweepExperiment(small, {
      ...sweepOptions(small, { launcher: new FakeLauncher(succeedClearly), savesModels: true }),
      onEvent: (event: SweepEvent) => {
        if (event.kind === "message") messages.push(event.text);
      },
    });
    assertEquals(result.state, "complete");
    const names = [...Deno.readDirSync(join(reports, "small", "models"))].map(({ name }) => name);
    assertEquals(names, ["l2_penalty=0.1_seed-1.safetensors"]);
    assertEquals(messages, [
      "Cannot save a model of l2_penalty=0.1, seed 2: trained again, the run ended with another",
    ]);
    assertEquals([models.has(first.key), models.has(second.key)], [true, false]);
    // It is selected now.
    const [path] = Deno.readDirSync(join(reports, "store", "models", first.key.slice(0, 2)));
    assertEquals(path.name, `${first.key.slice(2)}.selected.safetensors`);
  }));

Deno.test("sweepExperiment() saves the baseline's models where it advises to keep it, and names others", () =>
  withSmallExperiment(async (small) => {
    const { experiment, dataset, reports } = small;
    const { models } = new ModelSpace(join(reports, "store"), { bytes: 2 ** 30, onProblem: fail });
    for (const { key } of planRuns(experiment, dataset).runs) {
      await models.put({ ...sampleModel("a"), key, digest: key });
    }
    const folder = join(reports, "small", "models");
    await Deno.mkdir(folder, { recursive: true });
    const other = "l2_penalty=0.1_seed-1.safetensors";
    await Deno.writeTextFile(join(folder, other), "of before");
    const messages: string[] = [];
    await sweepExperiment(small, {
      ...sweepOptions(small, { launcher: new FakeLauncher(succeed), savesModels: true }),
      onEvent: (event: SweepEvent) => {
        if (event.kind === "message") messages.push(event.text);
      },
    });
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    const own = [1, 2].map((seed) => `l2_penalty=0_seed-${seed}.safetensors`);
    assertEquals(names, [other, ...own]);
    assertEquals(messages, [
      `${folder} has other models, too: ${other}. Predictions with the whole folder are means over ` +
      "all of them",
    ]);
  }));
