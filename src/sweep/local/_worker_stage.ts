import type { LaunchOptions } from "../launcher.ts";
import type { PlannedRun } from "../planned_run.ts";
import type { SentStage } from "./_sendings.ts";
import type { RunLimits } from "./run_limits.ts";
import type { WorkerStage } from "./worker_messages.ts";

type Options =
  & Pick<LaunchOptions, "sharing" | "keepsModel" | "modelOf">
  & { readonly limits: RunLimits };

/** The message that gives a stage to a worker, with the state and the models that it needs. */
export async function workerStage(
  { lead, sending, runs: indices, state, kept, until }: SentStage,
  all: readonly PlannedRun[],
  { limits, sharing, keepsModel, modelOf }: Options,
): Promise<WorkerStage> {
  const planned = indices.map((index) => all[index]);
  const from = state ?? (kept && await sharing?.read(kept, planned.map(({ task }) => task)));
  const runs = await Promise.all(planned.map(async (run, place) => ({
    index: indices[place],
    task: { ...run.task, limitSeconds: limits.secondsFor(run) },
    keepsModel: keepsModel?.(run),
    model: await modelOf?.(run),
  })));
  return {
    ...{ kind: "stage", lead, sending, runs, from, until },
    keepsEnds: planned.some((run) => sharing?.keepsEnd(run)),
    keepsStates: sharing !== undefined,
  };
}
