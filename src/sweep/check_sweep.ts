import { callText } from "../called_as.ts";
import { type Experiment, UNASKED_RUNS } from "../experiment/experiment.ts";
import { runCount } from "../experiment/halving.ts";
import { countOf, formatCount } from "../format_number.ts";
import { UserError } from "../user_error.ts";

/**
 * Keeps a typo from becoming a sweep of weeks, and refuses what a cluster cannot do.
 *
 * @throws {UserError} If there are more runs than `maxRuns` (`UNASKED_RUNS` if not given), or cells
 * are stopped early on a cluster, or there is a budget for it.
 */
export function checkSweep(
  experiment: Experiment,
  { maxRuns, slurm, budgetSeconds }: {
    readonly maxRuns?: number;
    /** Given if a cluster trains. */
    readonly slurm?: object;
    readonly budgetSeconds?: number;
  },
): void {
  const runs = runCount(experiment);
  if (runs > (maxRuns ?? UNASKED_RUNS)) {
    const limit = maxRuns === undefined
      ? `at most ${formatCount(UNASKED_RUNS)} are allowed without --max-runs`
      : `--max-runs is ${maxRuns}`;
    const message = `Cannot sweep ${countOf(runs, "run")}: ${limit}`;
    throw new UserError({ message, hint: `--max-runs ${runs} allows them` });
  }
  if (experiment.halving && slurm) {
    throw new UserError("Cannot use --launcher slurm with successive_halving");
  }
  if (!slurm || (budgetSeconds ?? experiment.budgetSeconds) === undefined) return;
  const hint = `--time limits its tasks, and ${
    callText(["cancel"])
  } ends them; what has ended is kept`;
  if (budgetSeconds !== undefined) {
    throw new UserError({ message: "Cannot use --launcher slurm with --for", hint });
  }
  const place = experiment.places.of(["budget"]);
  throw new UserError({ message: "Cannot use --launcher slurm with a budget", place, hint });
}
