import { setInterval } from "node:timers";
import { getHeapStatistics } from "node:v8";
import { parentPort } from "node:worker_threads";
import { HEAP_IS_FULL } from "./thread_setup.ts";

/** How often is looked. */
const LOOK_MILLISECONDS = 100;

/**
 * Tells whoever started this thread when its heap is full.
 *
 * Deno ends a thread whose heap is full by itself, but not in a promise's reaction: there it stops what
 * runs, and goes on as if nothing were wrong. What shows it is that V8 has raised the limit.
 */
export function watchHeap(): void {
  const { heap_size_limit: limit } = getHeapStatistics();
  const port = parentPort;
  setInterval(() => {
    if (getHeapStatistics().heap_size_limit > limit) port?.postMessage(HEAP_IS_FULL);
  }, LOOK_MILLISECONDS);
}
