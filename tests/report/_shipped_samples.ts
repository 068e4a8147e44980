import { sweptValue } from "../../src/experiment/cells/swept_value.ts";
import type { Experiment } from "../../src/experiment/experiment.ts";
import type { SweptKey } from "../../src/results/manifest.ts";
import { manifestTrainers } from "../../src/sweep/manifest_trainers.ts";
import { openFirst } from "../experiment/_open_first.ts";
import type { Plan, Sample } from "./_sample_input.ts";

const FOLDER = new URL("../../experiments/", import.meta.url);

/** Made-up sweeps with the cells of every experiment that is shipped. */
export async function shippedSamples(): Promise<Sample[]> {
  const names = [...Deno.readDirSync(FOLDER)].map(({ name }) => name)
    .filter((name) => name.endsWith(".yaml")).sort();
  return await Promise.all(names.map(async (name) => {
    const { experiment } = await openFirst(new URL(name, FOLDER).pathname);
    const places = new Map(experiment.cells.map(({ name }, place) => [name, place]));
    const plan = planOf(experiment);
    const placeOf = new Map(plan.cells.map(({ name, values }) => [values, places.get(name) ?? 0]));
    return {
      name: experiment.collection ?? experiment.name,
      description: experiment.description,
      plan,
      grid: [],
      seeds: experiment.seeds.length,
      metric: experiment.metric,
      equivalence: experiment.equivalence,
      // A hump with a bad end, so that something is best, and something off the axis.
      accuracy: (values) => {
        const share = (placeOf.get(values) ?? 0) / experiment.cells.length;
        return 0.96 + 0.02 * share - (share > 0.9 ? 0.2 : 0);
      },
      sparsity: (values) => Number(values.prune_threshold ?? values.pruning_rate ?? 0) / 2,
    };
  }));
}

function planOf(experiment: Experiment): Plan {
  const { cells, sweptKeys, baseline, trainers } = experiment;
  return {
    swept: sweptKeys.map((key): SweptKey => {
      const cell = cells.find(({ config }) => Object.hasOwn(config, key));
      const row = cell && trainers.rowOf(cell.trainer, key);
      const { label = key, regularizer = false, unit } = row ?? {};
      return { key, label, regularizer, ...(unit ? { unit } : {}) };
    }),
    cells: cells.map((cell) => ({
      name: cell.name,
      technique: cell.technique,
      values: Object.fromEntries(sweptKeys.map((key) => [key, sweptValue(cell, key)])),
    })),
    baseline: cells.at(baseline)?.name ?? "",
    ...manifestTrainers(experiment),
  };
}
