import { MEASURES } from "../measures/measures.ts";
import { bestColumnOf, columnOf } from "../measures/metrics.ts";
import { histogram } from "./histogram.ts";
import { runDigest } from "./run_digest.ts";
import type { Evaluation, RunResult } from "./run_result.ts";
import type { Parameter } from "./trainer.ts";

/** The fields that are computed from the rest of a result and the model. */
type Derived = "bestStep" | "best" | "histograms" | "digest";

/**
 * Completes a run's result with the fields computed from its curve and its final model.
 *
 * @param given The measures of its evaluations that an own trainer gave itself.
 */
export async function finishRun(
  parameters: readonly Parameter[],
  run: Omit<RunResult, Derived>,
  given?: ReadonlySet<string>,
): Promise<RunResult> {
  return {
    ...run,
    ...bestOf(run.evaluations),
    histograms: parameters.filter(({ hasHistogram }) => hasHistogram)
      .map(({ values }) => histogram(values)),
    digest: await runDigest(parameters, run.evaluations, given),
  };
}

/**
 * The best validation value of each measure that keeps it; the step is that of the first measure.
 */
function bestOf(evaluations: readonly Evaluation[]): Pick<RunResult, "bestStep" | "best"> {
  const kept = MEASURES.filter((measure) => {
    return measure.keepsBest && columnOf("validation", measure) in evaluations[0].measures;
  });
  const bests = kept.map((measure) => {
    const valueOf = ({ measures }: Evaluation) => measures[columnOf("validation", measure)];
    const sign = measure.better === "larger" ? 1 : -1;
    // Any value is better than none, which is NaN.
    const meritOf = (evaluation: Evaluation) => {
      const value = valueOf(evaluation);
      return Number.isNaN(value) ? -Infinity : sign * value;
    };
    const isBetter = (a: Evaluation, b: Evaluation) => meritOf(a) > meritOf(b);
    const best = evaluations.reduce((best, next) => isBetter(next, best) ? next : best);
    return { column: bestColumnOf(measure), step: best.step, value: valueOf(best) };
  });
  return {
    bestStep: bests.at(0)?.step ?? evaluations[evaluations.length - 1].step,
    best: Object.fromEntries(bests.map(({ column, value }) => [column, value])),
  };
}
