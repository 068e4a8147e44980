import { countOf } from "../format_number.ts";
import { listWords } from "../list_words.ts";
import { MEAN_PREFIX, TAKEN_BY_MEASURES } from "../measures/fixed_columns.ts";
import { metricOf } from "../results/run_measures.ts";
import type { KeptOutcome, RunOutcome } from "../results/run_outcome.ts";
import type { RunSummaries } from "../results/run_summaries.ts";
import type { RunResult } from "../trainers/run_result.ts";
import { lackedMeasures } from "./known_records.ts";
import { outcomeOf, ShortOutcome } from "./outcome_of.ts";
import type { PlannedRun } from "./planned_run.ts";
import { type SettleOptions, settleRuns } from "./settle_runs.ts";
import type { EventListener, RunEvent } from "./sweep_events.ts";

export interface TrainOptions extends SettleOptions<RunResult> {
  /** Called as each run ends. */
  readonly onEvent: EventListener<RunEvent<RunResult>>;
  /** Keeps results as summaries, so that those of many runs fit in memory; kept whole if not given. */
  readonly summaries?: RunSummaries;
  /** Gets the outcome of each run as it ends, so that what there is remains if training is cut short. */
  readonly ended?: Map<PlannedRun, KeptOutcome>;
}

/**
 * Trains the runs that the store does not know, and stores each as it finishes.
 *
 * @returns The outcomes in the order of the runs; runs that `failFast` cut short have none.
 * @throws {UserError} If the store cannot be written; what had been stored is kept.
 * @throws The signal's reason if it aborted, when all that had finished is stored.
 */
export async function trainRuns(
  runs: readonly PlannedRun[],
  options: TrainOptions & { readonly summaries?: undefined },
): Promise<RunOutcome[]>;
export async function trainRuns(
  runs: readonly PlannedRun[],
  options: TrainOptions,
): Promise<KeptOutcome[]>;
export async function trainRuns(
  runs: readonly PlannedRun[],
  { onEvent, summaries, ended: outcomes = new Map(), ...options }: TrainOptions,
): Promise<KeptOutcome[]> {
  const end = (event: RunEvent<RunResult>) => {
    const { run } = event;
    if (event.kind === "known") options.budget?.learn(run, event.result);
    const isShort = event.kind !== "failed" && summaries;
    outcomes.set(
      run,
      isShort ? new ShortOutcome(run, summaries.add(event.result)) : outcomeOf(run, event),
    );
    onEvent(event);
  };
  const lacked = new Set<string>();
  await settleRuns(runs, options, {
    resultOf: ({ result }) => result,
    failureOf: ({ run, result }) => measureProblem(run, result),
    isUsable: (run, result) => {
      const measures = lackedMeasures(run, result);
      for (const measure of measures) lacked.add(measure);
      return measures.length === 0;
    },
    unusableText: (count) => {
      return `Training ${countOf(count, "run")} again: their records lack ${
        [...lacked].join(", ")
      }`;
    },
    onEnd: (ending) => {
      if (ending.kind === "failed") return end(ending);
      const { run, kept } = ending;
      const isTrained = ending.kind === "trained";
      end({
        kind: isTrained ? "trained" : "known",
        run,
        result: judged(run, kept),
        test: isTrained ? ending.trained.test : undefined,
      });
    },
  });
  return runs.flatMap((run) => outcomes.get(run) ?? []);
}

/**
 * Says that an evaluation of a run lacks the metric that the experiment compares cells by, or that a
 * measure has the name of something else in the result files.
 */
export function measureProblem(
  { metric, task }: Pick<PlannedRun, "metric" | "task">,
  { evaluations, best }: Pick<RunResult, "evaluations" | "best">,
): string | undefined {
  if (metric === undefined) return undefined;
  const measured = new Set(evaluations.flatMap(({ measures }) => Object.keys(measures)));
  for (const name of measured) {
    const reason = takenReason(name, task);
    if (reason !== undefined) return `it cannot call a measure ${name}: ${reason}`;
  }
  if (metric in best) return undefined;
  const without = evaluations.find(({ measures }) => measures[metric] === undefined);
  if (!without) return undefined;
  const others = Object.keys(without.measures);
  const given = others.length > 0 ? listWords(others, "and") : "no measure";
  return `its evaluation at step ${without.step} has ${given}, but not ${metric}, the metric`;
}

/** Why a run cannot have a measure of a name; undefined if it can. */
function takenReason(name: string, { config }: PlannedRun["task"]): string | undefined {
  if (TAKEN_BY_MEASURES.has(name)) return "result files have another column of this name";
  // If they are swept, hyperparameters have columns in runs.csv, and in cells.csv beside the means.
  if (Object.hasOwn(config, name)) return "a hyperparameter has this name";
  const mean = MEAN_PREFIX + name;
  return Object.hasOwn(config, mean) ? `its mean is ${mean}, as is a hyperparameter` : undefined;
}

/** A run of a user's own trainer has diverged, too, if its metric has become NaN or infinite. */
export function judged({ metric }: Pick<PlannedRun, "metric">, result: RunResult): RunResult {
  if (metric === undefined || Number.isFinite(metricOf(metric, result))) return result;
  return { ...result, status: "diverged" };
}
