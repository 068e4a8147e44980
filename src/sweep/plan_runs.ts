import type { Dataset } from "../dataset/dataset.ts";
import { tableIdentity } from "../dataset/table_identity.ts";
import { type Cell, type Experiment, wantedMeasures } from "../experiment/experiment.ts";
import { preparationOf } from "../experiment/preparation_of.ts";
import { replicateAt, replicateIndexes } from "../experiment/replicates.ts";
import { defaultMeasuresOf, measuredKeys, metricColumn } from "../measures/metrics.ts";
import { KeyTable } from "../store/key_table.ts";
import { type RunIdentity, runKey } from "../store/run_key.ts";
import { configWithoutDefaults } from "../trainers/config.ts";
import { givesAllMeasures } from "../trainers/own_measures.ts";
import type { RunShape, Trainer, TrainerName } from "../trainers/trainer.ts";
import { type CellParts, type CellPlan, CellRun } from "./_cell_run.ts";
import type { PlannedRun } from "./planned_run.ts";
import { runShape } from "./run_shape.ts";
import { statesOf } from "./stages/run_states.ts";

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
export function planRuns(
  experiment: Experiment,
  dataset: Dataset | undefined,
  stopAt = Infinity,
): Plan {
  const shape = runShape(experiment, dataset);
  const planCell = runPlanner({ experiment, dataset, shape, stopAt }, new KeyTable());
  const runs = experiment.cells.flatMap((cell) => replicateIndexes(experiment).map(planCell(cell)));
  return { runs, shape };
}

/** What an experiment's runs have in common. */
export interface RunContext {
  readonly experiment: Experiment;
  /** Absent if the experiment has none. */
  readonly dataset?: Dataset;
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

/**
 * Works out once what all of an experiment's runs have in common.
 *
 * @param keys Where to keep the keys; each run keeps its own if not given.
 */
export function runPlanner(context: RunContext, keys?: KeyTable): RunPlanner {
  const { experiment, dataset } = context;
  const ofTable = dataset && identityOf(dataset);
  // What is measured changes no other result, and so no key.
  const measured = new Map(
    experiment.trainers.select(experiment.outline.trainers)
      .map((trainer) => [trainer.name, measuresOfRuns(experiment, trainer)]),
  );
  // Runs are mostly requested cell by cell, so only the last cell's parts are kept.
  let last: { readonly cell: Cell; readonly parts: CellParts } | undefined;
  const partsOf = (cell: Cell) => {
    if (last?.cell !== cell) last = { cell, parts: partsOfCell(context, cell, ofTable, measured) };
    return last.parts;
  };
  return (cell) => {
    const plan: CellPlan = { cell, ...partsOf(cell).facts, partsOf, keys };
    return (replicate) => {
      return new CellRun(plan, replicate, runKey(partsOf(cell).identityOf(replicate)));
    };
  };
}

function identityOf(
  { facts: { choices }, checksum, testChecksum }: Dataset,
): Pick<RunIdentity, "dataset" | "target" | "table"> {
  const table = tableIdentity(choices, testChecksum);
  return { dataset: checksum, target: String(choices.target), ...table && { table } };
}

function partsOfCell(
  context: RunContext,
  cell: Cell,
  ofTable: ReturnType<typeof identityOf> | undefined,
  measured: ReadonlyMap<TrainerName, ReturnType<typeof measuresOfRuns>>,
): CellParts {
  const { experiment, dataset, shape, stopAt = Infinity } = context;
  const trainer = experiment.trainers.named(cell.trainer);
  const { name, version, ownSplit } = trainer;
  const prepared = dataset && experiment.dataset && {
    ...preparationOf({ dataset: experiment.dataset }, cell, dataset),
    split: experiment.dataset.split,
  };
  const counted = trainer.steps?.countOf(cell.config);
  const { required, computed, metric } = measured.get(name) ?? measuresOfRuns(experiment, trainer);
  // The key of a run that is not stopped does not mention `stopAt`.
  const stop = isStopped(cell, trainer, stopAt) ? { stopAt } : {};
  const common: Omit<RunIdentity, "seed" | "fold"> = {
    trainer: name,
    version,
    ...ofTable,
    // What a trainer does not use does not distinguish runs.
    ...ownSplit ? {} : prepared,
    config: configWithoutDefaults(trainer, cell.config),
    ...stop,
  };
  return {
    facts: {
      measures: required,
      ...metric !== undefined && { metric },
      flops: flopsOf(cell, context),
      ...counted !== undefined && { mostSteps: Math.min(counted, stopAt) },
    },
    identityOf: (replicate) => ({ ...common, ...replicateAt(experiment, replicate) }),
    states: statesOf(trainer, cell.config, shape),
    taskOf: (replicate) => {
      const drawn = replicateAt(experiment, replicate);
      const { config } = cell;
      return { trainer: name, config, ...drawn, ...prepared, ...stop, measures: computed };
    },
  };
}

/**
 * The keys of the measures that a trainer's runs must have, and of those that they compute; for users'
 * own trainers, the column of the metric.
 */
function measuresOfRuns(experiment: Experiment, trainer: Trainer) {
  const { task, metric } = experiment;
  const own = trainer.own ? { metric: metricColumn(metric) } : {};
  if (!task || givesAllMeasures(trainer)) return { required: [], computed: [], ...own };
  const wanted = wantedMeasures(experiment);
  const defaults = defaultMeasuresOf(task).map(({ key }) => key);
  const computed = measuredKeys(task, wanted).filter((key) => !defaults.includes(key));
  // Of what is not computed from predictions, an own trainer may give less.
  return { required: trainer.own ? wanted : [...defaults, ...wanted], computed, ...own };
}
