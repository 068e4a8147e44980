import { assertEquals } from "@std/assert";
import { finalEvaluation } from "../../src/results/run_measures.ts";
import { trainedSteps } from "../../src/results/trained_steps.ts";
import { sampleEvaluation, sampleResult } from "./_sample_outcomes.ts";

const evaluations = [0, 50, 100].map(sampleEvaluation);

/** Updates of the final model, its evaluation's step, and updates of the training. */
const CASES: Record<string, [steps: number, final: number, trained: number]> = {
  "a model at its last step": [100, 100, 100],
  "a model that early stopping restored": [50, 50, 100],
  "a model that went on after the last evaluation": [120, 100, 120],
};

for (const [name, [steps, final, trained]] of Object.entries(CASES)) {
  Deno.test(`finalEvaluation() and trainedSteps() of ${name}`, () => {
    const result = sampleResult({ steps, evaluations });
    assertEquals(finalEvaluation(result), sampleEvaluation(final));
    assertEquals(trainedSteps(result), trained);
  });
}
