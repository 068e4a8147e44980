import { assertEquals } from "@std/assert";
import { sha256 } from "../../../src/sha256.ts";
import type { PlannedRun } from "../../../src/sweep/planned_run.ts";
import type { Submission } from "../../../src/sweep/slurm/submission.ts";
import { type PlacedChunk, WaitingRuns } from "../../../src/sweep/slurm/waiting_runs.ts";

const keys = await Promise.all(Array.from({ length: 10 }, (_, index) => sha256(`${index}`)));
const runs = keys.map((key) => ({ key }) as PlannedRun);

function chunkOf(number: number, size: number): PlacedChunk {
  return { submission: {} as Submission, number, size, attempt: 1, heard: 0, misses: 0 };
}

function keysOf(runs: readonly PlannedRun[]): string[] {
  return runs.map(({ key }) => key);
}

Deno.test("WaitingRuns knows which chunk each run waits for", () => {
  const waiting = new WaitingRuns(runs);
  const [first, second] = [chunkOf(0, 4), chunkOf(1, 5)];
  waiting.place(first, keys.slice(0, 4));
  // Of keys that are no run's, and runs that wait for another chunk, nothing changes.
  waiting.place(second, ["other", ...keys.slice(3, 7)]);
  assertEquals(keysOf(waiting.of(first)), keys.slice(0, 4));
  assertEquals(keysOf(waiting.of(second)), keys.slice(4, 7));
  assertEquals(keysOf(waiting.unplaced()), keys.slice(7));
  assertEquals([...waiting.chunks()], [first, second]);
  assertEquals([waiting.size, waiting.has(keys[9]), waiting.has("other")], [10, true, false]);
});

Deno.test("WaitingRuns settles each run once", () => {
  const waiting = new WaitingRuns(runs);
  const chunk = chunkOf(0, 2);
  waiting.place(chunk, keys.slice(0, 2));
  assertEquals(waiting.settle(keys[0]), runs[0]);
  assertEquals(waiting.settle(keys[0]), undefined);
  assertEquals([waiting.size, waiting.has(keys[0])], [9, false]);
  assertEquals(keysOf(waiting.of(chunk)), [keys[1]]);
  waiting.settle(keys[1]);
  assertEquals(waiting.chunks().size, 0);
  // A run that waits for no chunk.
  assertEquals(waiting.settle(keys[5]), runs[5]);
  assertEquals(waiting.unplaced().length, 7);
});

Deno.test("WaitingRuns places runs again whose chunk is given up", () => {
  const waiting = new WaitingRuns(runs);
  const [lost, next] = [chunkOf(0, 10), chunkOf(1, 3)];
  waiting.place(lost, keys);
  waiting.settle(keys[0]);
  waiting.giveUp(lost);
  assertEquals([waiting.of(lost), [...waiting.chunks()]], [[], []]);
  assertEquals(keysOf(waiting.unplaced()), keys.slice(1));
  waiting.place(next, keys.slice(0, 3));
  assertEquals(keysOf(waiting.of(next)), keys.slice(1, 3));
  assertEquals([...waiting.chunks()], [next]);
});
