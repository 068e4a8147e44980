import { OwnEvaluations } from "../own_evaluations.ts";
import type { CanGoOn } from "../training_stage.ts";
import { mlpConfig } from "./mlp_config.ts";
import { hasDiverged, Patience } from "./mlp_ends.ts";

/** Whether a run of the `mlp` trainer can go on from a state of runs with the same steps before it. */
export const mlpCanGoOn: CanGoOn = ({ config, stopAt = Infinity, measures }, state) => {
  const { steps, evaluateEvery, earlyStopping } = mlpConfig(config);
  if (state.step > Math.min(steps, stopAt)) return false;
  const evaluations = new OwnEvaluations(evaluateEvery, measures).before(state);
  if (!evaluations || evaluations.some(hasDiverged)) return false;
  if (earlyStopping === Infinity) return true;
  const patience = new Patience(earlyStopping);
  for (const evaluation of evaluations) {
    patience.isBest(evaluation);
    if (patience.isOver) return false;
  }
  return patience.bestStep === undefined || state.best.has(patience.bestStep);
};
