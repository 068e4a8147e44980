import type { Models } from "../../store/model_space.ts";
import type { TrainedRun } from "../settle_runs.ts";

/** Keeps the models of runs that were trained, where their parameters are given. */
export function keepModelIn(models: Models): (trained: TrainedRun) => Promise<void> {
  return async ({ run: { key, identity }, result: { digest }, parameters }) => {
    if (!parameters) return;
    const { trainer, version } = identity;
    await models.put({ key, digest, trainer, version, parameters });
  };
}
