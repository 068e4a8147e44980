import { choiceAt, type Places } from "../../src/experiment/search/parzen.ts";
import { makeExperiment, readResults, sweepExperiment } from "../../src/mod.ts";
import type { Measurement } from "./measure.ts";
import { compareSearches, type Searched } from "./searches.ts";

/** What each key of the sweeps takes, in order unless these are words. */
const GRID = {
  learning_rate: [0.003, 0.01, 0.03, 0.1, 0.3],
  l2_penalty: [0, 1e-3, 1e-2],
  dropout: [0, 0.2, 0.4],
  hidden: [[8], [16], [32]],
  momentum: [0, 0.9],
  activation: ["relu", "tanh"],
} as const;
type Key = keyof typeof GRID;
const KEYS = Object.keys(GRID) as Key[];
const DATASETS = [
  { name: "vehicle", path: "data/vehicle.csv", target: "Class" },
  { name: "credit-g", path: "data/credit-g.csv", target: "class", missing: [] },
];
const PROJECT = new URL("../../", import.meta.url).pathname;

/**
 * Searches among the 540 cells of a grid that is swept on two tables that come with regsweep, so that
 * what each finds is known: the validation loss after real training.
 */
export async function measureSearchedSweeps(): Promise<Measurement[]> {
  const reports = await Deno.makeTempDir({ prefix: "regsweep-bench-" });
  try {
    const measurements: Measurement[] = [];
    for (const dataset of DATASETS) {
      measurements.push(compareSearches(await sweepGrid(dataset, reports)));
    }
    return measurements;
  } finally {
    await Deno.remove(reports, { recursive: true });
  }
}

async function sweepGrid(
  { name, ...dataset }: typeof DATASETS[number],
  reports: string,
): Promise<Searched> {
  const experiment = await makeExperiment({
    ...{ name, dataset, metric: "validation_loss", seeds: 1 },
    fixed: { steps: 60, evaluate_every: 60, batch_size: 32 },
    grid: GRID,
  }, { folder: PROJECT });
  const { folder = "" } = await sweepExperiment(experiment, { reports });
  const { cells } = await readResults(folder);
  // A cell whose runs diverged has no mean.
  const losses = new Map(cells.map(({ values, mean = Infinity }) => [
    KEYS.map((key) => GRID[key].findIndex((value) => `${value}` === `${values[key]}`)).join(),
    mean,
  ]));
  const identityOf = (point: Places) =>
    KEYS.map((key) => choiceAt(point.get(key) ?? 0, GRID[key].length)).join();
  return {
    name: `a sweep of ${cells.length} cells on ${name}`,
    axes: KEYS.map((key) => ({ name: key, ...key === "activation" && { choices: 2 } })),
    minimum: Math.min(...losses.values()),
    identityOf,
    valueAt: (point) => losses.get(identityOf(point)) ?? NaN,
  };
}
