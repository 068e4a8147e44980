import { baselineCell, type Experiment } from "../../experiment/experiment.ts";
import { indexOfReplicate, replicateCount, replicateIndexes } from "../../experiment/replicates.ts";
import { runRows } from "../../results/runs_csv.ts";
import { type Spread, spreadOfRuns } from "../../statistics/spread_of_differences.ts";
import type { RunRecord } from "../../store/run_record.ts";
import type { Store } from "../../store/store.ts";
import { resolveConfig } from "../../trainers/config.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import { rateOf } from "../estimate_time.ts";
import { hasWanted, knownRecords } from "../known_records.ts";
import { flopsOf, planRuns, type RunContext, type RunPlanner, runPlanner } from "../plan_runs.ts";
import { outcomeOf } from "../outcome_of.ts";
import type { PlannedRun } from "../planned_run.ts";
import { countSteps, type StepCounts } from "./step_counts.ts";

/** What a plan needs to know about an experiment's runs. */
export interface Survey {
  /** How many of them the store does not know; at most, where the looks to come decide. */
  readonly missing: number;
  /** How many runs there are in any case, and how many of them are missing; absent if that is all. */
  readonly certain?: { readonly total: number; readonly missing: number };
  /** How many of a cell's runs the store knows, by the cell's index; absent for zero. */
  readonly known: ReadonlyMap<number, number>;
  /** A run that is missing, of an own trainer only if no other is; absent if none is. */
  readonly firstMissing?: PlannedRun;
  /** Lengths of missing runs: of all of them, or of a sample. */
  readonly samples: readonly Pick<PlannedRun, "cell" | "flops">[];
  /** The pace of the known runs of built-in trainers; absent if none of them shows it. */
  readonly secondsPerFlop?: number;
  /** The paces of own trainers, by their names, as far as known runs show them. */
  readonly ownPaces: ReadonlyMap<TrainerName, number>;
  /** Absent if runs are too many to compare with each other. */
  readonly steps?: StepCounts;
  /**
   * How much the known runs differ from those of the baseline; absent if too few are known, and if
   * runs are too many to compare with each other.
   */
  readonly spread?: Spread;
}

/** The step of the latest state that a run can go on from; 0 if there is none. */
export type StepOf = (run: PlannedRun) => number;

/** The size of the sample of lengths. */
const MOST_SAMPLES = 10_000;
/** Records that are in memory at once. */
const RECORDS_AT_ONCE = 1000;

/** Looks up every run. */
export async function surveyEach(
  { experiment, dataset }: RunContext,
  store: Store,
  stepOf: StepOf,
): Promise<Survey> {
  const { trainers } = experiment;
  const { runs } = planRuns(experiment, dataset);
  const records = knownRecords(runs, await store.getMany(runs.map(({ key }) => key)));
  const missing = runs.filter((_, index) => records[index] === undefined);
  return {
    missing: missing.length,
    known: countKnown(runs, records),
    firstMissing: firstToMeasure(missing, trainers),
    samples: missing,
    steps: countSteps(runs, missing, stepOf),
    spread: spreadOfKnown(experiment, runs, records),
    ...missing.length === 0 ? NO_TIME : pacesOf(runs, records, trainers),
  };
}

function spreadOfKnown(
  experiment: Experiment,
  runs: readonly PlannedRun[],
  records: readonly (RunRecord | undefined)[],
): Spread | undefined {
  const outcomes = runs.flatMap((run, index) => {
    const record = records[index];
    return record ? outcomeOf(run, { result: record.result }) : [];
  });
  return spreadOfRuns(runRows(experiment, outcomes), {
    metric: experiment.metric,
    baseline: baselineCell(experiment).name,
  });
}

/** How many of each cell's runs have a record, by the cell's index. */
export function countKnown(
  runs: readonly PlannedRun[],
  records: readonly (RunRecord | undefined)[],
): Map<number, number> {
  const known = new Map<number, number>();
  runs.forEach(({ cell: { index } }, place) => {
    if (records[place]) known.set(index, (known.get(index) ?? 0) + 1);
  });
  return known;
}

/**
 * Looks up the records of the store, which are few where runs are many, and samples lengths, so that
 * a million runs are never in memory at once.
 */
export async function surveyMany(context: RunContext, store: Store): Promise<Survey> {
  const { cells } = context.experiment;
  const planCell = runPlanner(context);
  const known = new Map<number, Set<number>>();
  const [runs, records]: [PlannedRun[], RunRecord[]] = [[], []];
  const keys = [...await store.keys()];
  for (let start = 0; start < keys.length; start += RECORDS_AT_ONCE) {
    for (const record of await store.getMany(keys.slice(start, start + RECORDS_AT_ONCE))) {
      const run = record && runOf(record, context, planCell);
      if (!run) continue;
      const replicates = known.get(run.cell.index) ?? new Set();
      known.set(run.cell.index, replicates.add(run.replicate));
      // Some are enough to find their pace.
      if (runs.length < RECORDS_AT_ONCE) {
        runs.push(run);
        records.push(record);
      }
    }
  }
  const counts = new Map(Array.from(known, ([index, replicates]) => [index, replicates.size]));
  const total = cells.length * replicateCount(context.experiment);
  const missing = total - counts.values().reduce((sum, count) => sum + count, 0);
  return {
    missing,
    known: counts,
    firstMissing: firstMissing(known, context),
    samples: sampleLengths(context),
    ...missing === 0 ? NO_TIME : pacesOf(runs, records, context.experiment.trainers),
  };
}

/** The run of the experiment that a record belongs to, if any. */
function runOf(
  { key, identity, result }: RunRecord,
  { experiment }: RunContext,
  planCell: RunPlanner,
): PlannedRun | undefined {
  const { cells, outline, trainers } = experiment;
  const replicate = indexOfReplicate(experiment, identity);
  // The store may have records of trainers that this experiment, or this regsweep, does not know.
  if (replicate < 0 || !outline.trainers.includes(identity.trainer)) return undefined;
  const config = resolveConfig(trainers.named(identity.trainer), identity.config);
  const { standardize, impute } = identity;
  const index = cells.indexOfConfig(identity.trainer, config, { standardize, impute });
  const cell = cells.at(index);
  if (!cell) return undefined;
  const run = planCell(cell)(replicate);
  return run.key === key && hasWanted(run, result) ? run : undefined;
}

function firstMissing(
  known: ReadonlyMap<number, ReadonlySet<number>>,
  context: RunContext,
): PlannedRun | undefined {
  const { cells, trainers } = context.experiment;
  const indexes = replicateIndexes(context.experiment);
  let ownRun: PlannedRun | undefined;
  for (const cell of cells) {
    const isOwnRun = isOwn(trainers, cell.trainer);
    if (isOwnRun && ownRun) continue;
    const replicates = known.get(cell.index);
    const replicate = indexes.findIndex((replicate) => !replicates?.has(replicate));
    if (replicate < 0) continue;
    const run = runPlanner(context)(cell)(replicate);
    if (!isOwnRun) return run;
    ownRun = run;
  }
  return ownRun;
}

/** The first of some runs that is a built-in trainer's, else the first. */
export function firstToMeasure(
  runs: readonly PlannedRun[],
  trainers: Trainers,
): PlannedRun | undefined {
  return runs.find(({ cell }) => !isOwn(trainers, cell.trainer)) ?? runs.at(0);
}

/** Whether a trainer is the user's own: how long a run takes is not known before one has ended. */
export function isOwn(trainers: Trainers, name: TrainerName): boolean {
  return trainers.named(name).own !== undefined;
}

/** Of runs of which none is missing. */
export const NO_TIME: Paces = { secondsPerFlop: 0, ownPaces: new Map() };

type Paces = Pick<Survey, "secondsPerFlop" | "ownPaces">;

/** The paces of runs that have a record. */
export function pacesOf(
  runs: readonly PlannedRun[],
  records: readonly (RunRecord | undefined)[],
  trainers: Trainers,
): Paces {
  const rateOfThose = (isOne: (name: TrainerName) => boolean) => {
    const those = runs.map((_, index) => index).filter((n) => isOne(runs[n].cell.trainer));
    return rateOf(those.map((n) => runs[n]), those.map((n) => records[n]));
  };
  const names = new Set(runs.map(({ cell }) => cell.trainer));
  const own = [...names].filter((name) => isOwn(trainers, name));
  const paces = own.map((name) => [name, rateOfThose((other) => other === name)] as const);
  return {
    secondsPerFlop: rateOfThose((name) => !own.includes(name)),
    ownPaces: new Map(
      paces.flatMap(([name, pace]) => pace === undefined ? [] : [[name, pace]]),
    ),
  };
}

/** Lengths of cells all over the grid: steps of the golden ratio keep out of step with its loops. */
function sampleLengths(context: RunContext): Survey["samples"] {
  const { cells } = context.experiment;
  const ratio = (Math.sqrt(5) - 1) / 2;
  const count = Math.min(cells.length, MOST_SAMPLES);
  return Array.from({ length: count }).flatMap((_, number) => {
    const cell = cells.at(Math.floor(cells.length * ((number * ratio) % 1)));
    return cell ? [{ cell, flops: flopsOf(cell, context) }] : [];
  });
}
