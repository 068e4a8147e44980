/* A worker that finds out a Git state for `GitStateThread`, which says what it is sent. */

import { gitState } from "./git_state.ts";
import type { GitStateRequest } from "./git_state_thread.ts";

/** The part of a worker's global scope that is used here and not in the main thread's types. */
interface WorkerScope {
  onmessage: (event: MessageEvent<GitStateRequest>) => void;
  postMessage(state: Awaited<ReturnType<typeof gitState>>): void;
}

const scope = self as unknown as WorkerScope;

scope.onmessage = async ({ data: { folder, of } }) => {
  scope.postMessage(await gitState(folder, { of }));
};
