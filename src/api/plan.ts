import type { SweepPlan } from "../sweep/plan/plan_sweep.ts";
import { Details } from "./details.ts";
import { type Experiment, OPENED } from "./experiment.ts";
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

/** How a sweep is planned. */
export interface PlanOptions extends SweepPlace {
  /** The most bytes that models and checkpoints may have in the store; 2 GB if not given. */
  readonly modelSpace?: number;
}

/** All that is known of plans. */
export const PLANNED = new Details<Plan, SweepPlan>("planExperiment()");

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
  options: PlanOptions = {},
): Promise<Plan> {
  const { reports = REPORTS, workers = workersHere(), kernels, modelSpace } = options;
  const { onMessage = () => {} } = options;
  const { planSweep } = await import("../sweep/plan/plan_sweep.ts");
  const planned = await planSweep(OPENED.of(experiment), {
    ...{ reports, workers, kernels, modelSpace },
    onProblem: onMessage,
  });
  const { total, missing, seconds, scores, replaced } = planned;
  const plan = {
    ...{ runs: total, known: total - missing, missing, seconds, testScores: scores?.runs ?? 0 },
    ...replaced !== undefined && { replaced },
  };
  return PLANNED.keep(plan, planned);
}
