import { OwnEvaluations } from "../own_evaluations.ts";
import type { CanGoOn } from "../training_stage.ts";
import { notebookConfig } from "./notebook_config.ts";

/** Whether a run of the `notebook` trainer can go on from a state of runs with the same steps before it. */
export const notebookCanGoOn: CanGoOn = ({ config, measures }, state) => {
  const { maxSteps, dispPeriod } = notebookConfig(config);
  // The last step updates the weights too.
  return state.step <= maxSteps + 1 &&
    new OwnEvaluations(dispPeriod, measures).before(state) !== undefined;
};
