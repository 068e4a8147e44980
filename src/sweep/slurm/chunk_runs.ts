import type { PlannedRun } from "../planned_run.ts";
import { slotsOf, type SlurmOptions } from "./slurm_options.ts";

/** Starting a task and its workers takes seconds, so a task should have at least this much work. */
const LEAST_SECONDS = 300;
/** Enough that a slow node or a long chunk does not keep the others waiting at the end. */
const CHUNKS_PER_SLOT = 4;
/** The share of a task's time limit to fill: some nodes are slower than this machine. */
const SHARE_OF_LIMIT = 0.5;

/** Divides runs into so many chunks of about equal work; their order stays. */
export function chunkRuns(runs: readonly PlannedRun[], count: number): PlannedRun[][] {
  const total = runs.reduce((sum, { flops }) => sum + flops, 0);
  const chunks: PlannedRun[][] = Array.from({ length: count }, () => []);
  let before = 0;
  for (const run of runs) {
    // By its middle, so that no chunk is more than half a run from its share.
    const place = total > 0 ? (before + run.flops / 2) / total : 0;
    chunks[Math.min(count - 1, Math.floor(place * count))].push(run);
    before += run.flops;
  }
  return chunks.filter((chunk) => chunk.length > 0);
}

/** Divides runs into chunks of so many; their order stays. */
export function chunkByCount(runs: readonly PlannedRun[], count: number): PlannedRun[][] {
  return Array.from(
    { length: Math.ceil(runs.length / count) },
    (_, chunk) => runs.slice(chunk * count, (chunk + 1) * count),
  );
}

/**
 * How many chunks to make of work that would take one processor so many seconds.
 *
 * Each is five minutes long or more, there are four or more for every slot where there is that much
 * work, and none needs more than half of what a task may take.
 */
export function chunkCount(seconds: number, options: SlurmOptions): number {
  const { cpusPerTask, time } = options;
  const wanted = CHUNKS_PER_SLOT * slotsOf(options);
  const most = Math.floor(seconds / (LEAST_SECONDS * cpusPerTask));
  const least = time === undefined
    ? 1
    : Math.ceil(seconds / (SHARE_OF_LIMIT * 60 * time * cpusPerTask));
  return Math.max(1, Math.min(wanted, most), least);
}
