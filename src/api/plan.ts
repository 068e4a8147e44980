import { type Experiment, openedOf } from "./experiment.ts";
import { REPORTS, type SweepPlace, workersHere } from "./sweep_place.ts";

/** What a sweep would do. */
export interface Plan {
  /** Runs of the experiment; at most, where results decide which cells get more seeds. */
  readonly runs: number;
  /** How many of them the store has. */
  readonly known: number;
  /** How many would be trained; at most, as above. */
  readonly missing: number;
  /** How long the missing runs take, in seconds, but for trainers that no run shows the speed of. */
  readonly seconds: number;
  /** Runs of the selected cells that would be scored on the test rows; 0 if there are none. */
  readonly testScores: number;
  /** What would be replaced in the experiment's folder, in words; absent if nothing would. */
  readonly replaced?: string;
}

/**
 * Finds out what a sweep would do: trains no run and writes nothing, but may train a few steps to
 * measure the time.
 *
 * @example
 * ```ts
 * import { planExperiment, readExperiment } from "@regsweep/regsweep";
 *
 * const experiment = await readExperiment("experiments/quick.yaml");
 * const { missing, seconds } = await planExperiment(experiment);
 * console.log(`${missing} runs to train, in about ${Math.ceil(seconds)} s`);
 * ```
 *
 * @throws {UserError} If the dataset does not suit the experiment, or a sweep could not keep its files.
 */
export async function planExperiment(
  experiment: Experiment,
  { reports = REPORTS, workers = workersHere(), kernels, onMessage = () => {} }: SweepPlace = {},
): Promise<Plan> {
  const { planSweep } = await import("../sweep/plan/plan_sweep.ts");
  const { total, missing, seconds, scores, replaced } = await planSweep(openedOf(experiment), {
    ...{ reports, workers, kernels },
    onProblem: onMessage,
  });
  return {
    ...{ runs: total, known: total - missing, missing, seconds, testScores: scores?.runs ?? 0 },
    ...replaced !== undefined && { replaced },
  };
}
