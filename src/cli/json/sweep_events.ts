import { z } from "zod";
import { answer, overDatasets } from "./_answer.ts";
import {
  count,
  failure,
  flag,
  list,
  measures,
  replicate,
  seconds,
  text,
  version,
} from "./_parts.ts";

const since = { seconds: seconds.describe("since the sweep began") };
const stage = z.object({
  kind: z.enum(["batch", "rung", "look", "runs", "scores"]),
  batch: count.optional().describe("of a search: its number, from 1"),
  of: count.optional().describe("of a search: how many batches there are at most"),
  step: count.optional().describe("of a rung, or of a batch before it: where its runs stop"),
  seeds: count.optional().describe("of a look"),
});
const counts = z.object({
  total: count,
  known: count,
  trained: count,
  diverged: count,
  failed: count,
}).describe("of the stage that trained last, or of all looks or batches");

/** The lines that `sweep --json` prints, by their members `event`. */
export const SWEEP_EVENTS = {
  start: z.object({
    schemaVersion: version,
    command: z.literal("sweep"),
    event: z.literal("start"),
    experiment: text,
    collection: text.optional()
      .describe("the experiment with several datasets, of which this is one"),
    file: text,
    cells: count,
    metric: text,
  }),
  planned: z.object({ event: z.literal("planned"), ...since, runs: count }),
  stage: z.object({
    event: z.literal("stage"),
    ...since,
    stage,
    runs: count.describe("of the stage, known ones included"),
    ahead: list(z.object({ kind: stage.shape.kind, runs: count, isAtMost: flag }))
      .describe("the stages that follow, as far as they are known"),
  }),
  run: z.object({
    event: z.literal("run"),
    ...since,
    stage: stage.shape.kind.describe("a run can end in several: it is scored in scores"),
    state: z.enum(["known", "trained", "failed"]),
    run: text.describe("its key"),
    cell: text,
    trainer: text,
    ...replicate,
    status: z.enum(["completed", "diverged"]).optional(),
    measures: measures.optional().describe("by their columns in runs.csv"),
    test: measures.optional().describe("of the final model on the test rows"),
    digest: text.optional(),
    trainSeconds: seconds.optional(),
    failure: text.optional().describe("why it failed; it has no result then"),
  }),
  stageEnd: z.object({ event: z.literal("stageEnd"), ...since, stage }),
  tasks: z.object({ event: z.literal("tasks"), ...since, queued: count, running: count }),
  message: z.object({ event: z.literal("message"), ...since, text }),
  runMessage: z.object({
    event: z.literal("runMessage"),
    ...since,
    text: text.describe("what a run's program or module prints"),
  }),
  written: z.object({ event: z.literal("written"), ...since, folder: text }),
  end: z.object({
    schemaVersion: version,
    command: z.literal("sweep"),
    event: z.literal("end"),
    ...since,
    state: z.enum(["complete", "unfinished", "unwritten", "stopped", "detached", "interrupted"]),
    exitCode: count,
    counts,
    reason: text.optional().describe("why nothing was written"),
    folder: text.optional().describe("absent if there are no results to write"),
    answer: answer.optional(),
    files: list(text).optional().describe("the names of the files in the folder"),
  }),
  collection: z.object({
    schemaVersion: version,
    command: z.literal("sweep"),
    event: z.literal("collection"),
    ...since,
    experiment: text,
    state: z.enum(["complete", "unfinished", "stopped", "detached", "interrupted"]),
    exitCode: count,
    folder: text,
    datasets: list(z.object({ dataset: text, state: text })),
    answer: overDatasets.optional(),
  }),
  error: z.object({
    schemaVersion: version,
    command: z.literal("sweep"),
    event: z.literal("error"),
    error: failure,
  }),
} as const;

export type SweepLine = {
  [Event in keyof typeof SWEEP_EVENTS]: z.infer<typeof SWEEP_EVENTS[Event]>;
}[keyof typeof SWEEP_EVENTS];
