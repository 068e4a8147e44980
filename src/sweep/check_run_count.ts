import { type Experiment, UNASKED_RUNS } from "../experiment/experiment.ts";
import { runCount } from "../experiment/halving.ts";
import { countOf, formatCount } from "../format_number.ts";
import { UserError } from "../user_error.ts";

/**
 * Keeps a typo from becoming a sweep of weeks.
 *
 * @throws {UserError} If there are more runs than `maxRuns` (`UNASKED_RUNS` if not given).
 */
export function checkRunCount(experiment: Experiment, maxRuns?: number): void {
  const runs = runCount(experiment);
  if (runs <= (maxRuns ?? UNASKED_RUNS)) return;
  const message = `Cannot sweep ${countOf(runs, "run")}: ` +
    (maxRuns === undefined
      ? `at most ${formatCount(UNASKED_RUNS)} are allowed without --max-runs`
      : `--max-runs is ${maxRuns}`);
  throw new UserError({ message, hint: `--max-runs ${runs} allows them` });
}
