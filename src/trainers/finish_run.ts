import { histogram } from "./histogram.ts";
import { runDigest } from "./run_digest.ts";
import type { RunResult } from "./run_result.ts";
import type { Parameter } from "./trainer.ts";

/** What follows from the rest of a result and the model. */
type Derived = "bestStep" | "bestValidationAccuracy" | "histograms" | "digest";

/** The result of a run, with what follows from its curve and its final model. */
export async function finishRun(
  parameters: readonly Parameter[],
  run: Omit<RunResult, Derived>,
): Promise<RunResult> {
  const best = run.evaluations.reduce((best, next) =>
    next.validationAccuracy > best.validationAccuracy ? next : best
  );
  return {
    ...run,
    bestStep: best.step,
    bestValidationAccuracy: best.validationAccuracy,
    histograms: parameters.filter(({ hasHistogram }) => hasHistogram)
      .map(({ values }) => histogram(values)),
    digest: await runDigest(parameters, run.evaluations),
  };
}
