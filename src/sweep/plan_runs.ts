import type { Dataset } from "../dataset/dataset.ts";
import { splitSizes } from "../dataset/split_sizes.ts";
import { tableIdentity } from "../dataset/table_identity.ts";
import { type Cell, type Experiment, wantedMeasures } from "../experiment/experiment.ts";
import { preparationOf } from "../experiment/preparation_of.ts";
import { replicateAt, replicateIndexes } from "../experiment/replicates.ts";
import { defaultMeasuresOf, measuredKeys } from "../measures/metrics.ts";
import { type RunIdentity, runKey } from "../store/run_key.ts";
import { configWithoutDefaults } from "../trainers/config.ts";
import type { RunShape, Trainer } from "../trainers/trainer.ts";
import { type Place, UserError } from "../user_error.ts";
import type { PlannedRun } from "./planned_run.ts";

/** An experiment's runs, and what they have in common. */
export interface Plan {
  /** By cell and then by seed: the order of the CSV files. */
  readonly runs: readonly PlannedRun[];
  readonly shape: RunShape;
}

/**
 * Plans an experiment's runs on its dataset.
 *
 * @param stopAt After how many steps to stop those that have more.
 * @throws {UserError} If the dataset has too few rows for the experiment's split.
 */
export function planRuns(experiment: Experiment, dataset: Dataset, stopAt = Infinity): Plan {
  const shape = runShape(experiment, dataset);
  const planCell = runPlanner({ experiment, dataset, shape, stopAt });
  const runs = experiment.cells.flatMap((cell) => replicateIndexes(experiment).map(planCell(cell)));
  return { runs, shape };
}

/**
 * What the length and the memory of an experiment's runs depend on beside their configs.
 *
 * @throws {UserError} If the dataset cannot be split as the experiment says, with the place in it.
 */
export function runShape(
  { dataset: { split }, seeds, places }: Experiment,
  dataset: Dataset,
): RunShape {
  const { train, validation, test } = atPlace(
    places.split,
    () => splitSizes(dataset, split, seeds).most,
  );
  return {
    trainRows: train,
    validationRows: validation,
    testRows: test,
    columns: dataset.columns,
    classes: dataset.task === "regression" ? 1 : dataset.classes.length,
  };
}

/** Does work whose problems are those of what an experiment has at a place. */
function atPlace<T>(place: Place, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.problems.map((problem) => ({ place, ...problem })));
  }
}

/** What an experiment's runs have in common. */
export interface RunContext {
  readonly experiment: Experiment;
  readonly dataset: Dataset;
  readonly shape: RunShape;
  /** After how many steps runs are stopped that have more; never if not given. */
  readonly stopAt?: number;
}

interface FlopsContext extends Pick<RunContext, "shape" | "stopAt"> {
  readonly experiment: Pick<Experiment, "trainers">;
}

/** The work that each of a cell's runs takes, as its trainer counts it. */
export function flopsOf(
  cell: Cell,
  { experiment, shape, stopAt = Infinity }: FlopsContext,
): number {
  const trainer = experiment.trainers.named(cell.trainer);
  const stopped = isStopped(cell, trainer, stopAt) && trainer.steps?.withCount(cell.config, stopAt);
  return trainer.cost(stopped || cell.config, shape);
}

/** Whether a cell's runs have more steps than they are to take. */
function isStopped({ config }: Cell, { steps }: Trainer, stopAt: number): boolean {
  return steps !== undefined && steps.canStop && stopAt < steps.countOf(config);
}

/** Plans a cell's runs: each is of one of the experiment's replicates, given by its index. */
export type RunPlanner = (cell: Cell) => (replicate: number) => PlannedRun;

/** Works out once what all of an experiment's runs have in common. */
export function runPlanner(context: RunContext): RunPlanner {
  const { choices } = context.dataset.facts;
  const target = String(choices.target);
  const table = tableIdentity(choices, context.dataset.testChecksum);
  // What is measured changes no other result, and so no key.
  const measures = measuresOfRuns(context.experiment);
  return (cell) => planCell(context, cell, { target, ...table && { table } }, measures);
}

function planCell(
  context: RunContext,
  cell: Cell,
  ofTable: Pick<RunIdentity, "target" | "table">,
  { required, computed }: ReturnType<typeof measuresOfRuns>,
): ReturnType<RunPlanner> {
  const { experiment, dataset, stopAt = Infinity } = context;
  const trainer = experiment.trainers.named(cell.trainer);
  const { name, version, ownSplit } = trainer;
  const { split } = experiment.dataset;
  const preparation = preparationOf(experiment, cell, dataset);
  // The key of a run that is not stopped does not mention `stopAt`.
  const stop = isStopped(cell, trainer, stopAt) ? { stopAt } : {};
  const common: Omit<RunIdentity, "seed" | "fold"> = {
    trainer: name,
    version,
    dataset: dataset.checksum,
    ...ofTable,
    // What a trainer does not use does not distinguish runs.
    ...ownSplit ? {} : { ...preparation, split },
    config: configWithoutDefaults(trainer, cell.config),
    ...stop,
  };
  const flops = flopsOf(cell, context);
  const counted = trainer.steps?.countOf(cell.config);
  const counts = counted === undefined ? {} : { mostSteps: Math.min(counted, stopAt) };
  return (replicate) => {
    const drawn = replicateAt(experiment, replicate);
    const identity: RunIdentity = { ...common, ...drawn };
    const config = cell.config;
    const drawing = { ...drawn, split, ...preparation };
    const task = { trainer: name, config, ...drawing, ...stop, measures: computed };
    const planned = { identity, cell, replicate, task, measures: required, flops, ...counts };
    return { key: runKey(identity), ...planned };
  };
}

/** The keys of the measures that an experiment's runs must have, and of those that they compute. */
function measuresOfRuns(experiment: Experiment) {
  const { task } = experiment;
  const wanted = wantedMeasures(experiment);
  const defaults = defaultMeasuresOf(task).map(({ key }) => key);
  const computed = measuredKeys(task, wanted).filter((key) => !defaults.includes(key));
  return { required: [...defaults, ...wanted], computed };
}
