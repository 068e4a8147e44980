import type { SplitSource } from "../dataset/split_rows.ts";
import type { Experiment } from "../experiment/experiment.ts";
import { runName } from "../experiment/replicates.ts";
import type { KeptOutcome } from "../results/run_outcome.ts";
import type { KeptResult } from "../results/run_summary.ts";
import { runRows } from "../results/runs_csv.ts";
import { NondeterminismError } from "../store/nondeterminism_error.ts";
import type { Models } from "../store/model_space.ts";
import type { StoredTest } from "../store/run_record.ts";
import type { TestResult } from "../trainers/run_result.ts";
import { type Problem, UserError } from "../user_error.ts";
import { isScoreWhole } from "./known_records.ts";
import { type PlannedRun, withTask } from "./planned_run.ts";
import { type SettleOptions, settleRuns } from "./settle_runs.ts";
import type { EventListener, RunEvent, Work } from "./sweep_events.ts";

/** A run that completed, to be scored on the test rows. */
export interface RunToScore {
  readonly run: PlannedRun;
  readonly result: KeptResult;
}

/** The completed runs of the cells that are scored, in the order of `runs`. */
export async function runsToScore(
  runs: readonly PlannedRun[],
  outcomes: readonly KeptOutcome[],
  { experiment, dataset }: { experiment: Experiment; dataset?: SplitSource },
): Promise<RunToScore[]> {
  // Not before it is needed: training starts without statistics.
  const { scoredCells } = await import("./scored_cells.ts");
  const roles = scoredCells(experiment, runRows(experiment, outcomes), dataset);
  const resultOf = new Map(outcomes.map(({ key, result }) => [key, result]));
  return runs.flatMap((run) => {
    const result = roles.has(run.cell.name) ? resultOf.get(run.key) : undefined;
    return result?.status === "completed" ? [{ run, result }] : [];
  });
}

/** The work of scoring runs: those that have no model are trained once more. */
export function workOfScores(runs: readonly RunToScore[], models: Pick<Models, "has">): Work {
  const work = new Map<string, number>();
  for (const { run: { key, cell: { trainer }, flops } } of runs) {
    if (!models.has(key)) work.set(trainer, (work.get(trainer) ?? 0) + flops);
  }
  return work;
}

export interface ScoringOptions
  extends Omit<SettleOptions<StoredTest>, "failFast" | "onMessage" | "modelOf" | "rejectModel"> {
  /** Models of runs; those that have none are trained once more. */
  readonly models?: Models;
  /** Called as each run ends. */
  readonly onEvent: EventListener<RunEvent>;
  /** Whether a run that is trained again may end with another model; none may if not given. */
  readonly mayDiffer?: (run: PlannedRun) => boolean;
  /** What to do about a run that ends with another model and may not. */
  readonly hintIfOther?: (run: PlannedRun) => string | undefined;
}

/**
 * Scores runs on the test rows whose scores the store does not know, or knows of another model, by
 * their models; those without a model are trained once more. Stores each score as it comes.
 *
 * @param options.store Of scores alone, so that a run's record does not depend on whether it was
 * scored.
 * @returns The scores by the runs' keys.
 * @throws {UserError} If a training fails, or ends with another model than the run had; scores that
 * were stored are kept, and the exit code is 1.
 * @throws The signal's reason if it aborted.
 */
export async function scoreTestRows(
  runs: readonly RunToScore[],
  { onEvent, mayDiffer = () => false, hintIfOther, models, ...options }: ScoringOptions,
): Promise<Map<string, TestResult>> {
  const results = new Map(runs.map(({ run, result }) => [run.key, result]));
  const resultOf = ({ key }: PlannedRun): KeptResult => {
    const result = results.get(key);
    if (!result) throw new Error(`Run ${key} was not to be scored`);
    return result;
  };
  const scores = new Map<string, TestResult>();
  const problems: Problem[] = [];
  const others = new Set<string>();
  const toScore = runs.map(({ run }) => withTask(run, { ...run.task, scoresTest: true }));
  // What a run prints was shown when it was trained.
  const modelOf = async (run: PlannedRun) => {
    return (await models?.get(run.key, resultOf(run).digest))?.parameters;
  };
  const rejectModel = ({ key }: PlannedRun, reason: string) => models?.reject(key, reason);
  const settling = { ...options, failFast: false, onMessage: undefined, modelOf, rejectModel };
  await settleRuns(toScore, settling, {
    resultOf: ({ run, result, test }) => {
      const { digest } = resultOf(run);
      const isOther = result.digest !== digest && !mayDiffer(run);
      if (isOther) {
        others.add(run.key);
        throw new NondeterminismError(run.key, { digest }, result);
      }
      if (!test) throw new Error(`Run ${run.key} has no test score`);
      return { digest, ...test };
    },
    scoreOf: ({ run, test }) => ({ digest: resultOf(run).digest, ...test }),
    isUsable: (run, kept) => kept.digest === resultOf(run).digest && isScoreWhole(run, kept),
    misfit: (run, { digest }) => {
      const own = resultOf(run).digest;
      return digest === own ? undefined : `its digest is ${digest}, and that of its run ${own}`;
    },
    onEnd: (ending) => {
      const { kind, run } = ending;
      if (kind === "failed") {
        const name = runName(run.cell.name, run.task);
        const hint = others.has(run.key) ? hintIfOther?.(run) : undefined;
        problems.push({ message: `Cannot score ${name}: ${ending.failure}`, hint });
        return onEvent(ending);
      }
      scores.set(run.key, ending.kept);
      // Nothing is trained where there is a model.
      const isTrained = kind === "trained";
      onEvent({
        ...{ kind: isTrained ? "trained" : "known", run },
        ...{ result: resultOf(run), test: ending.kept },
      });
    },
  });
  if (problems.length > 0) throw new UserError(problems, 1);
  return scores;
}
