/*
 * A worker that starts a thread of a module for a caller with permissions: the worker has none, and so
 * the thread has none.
 */

import { startThread, type ThreadEnd, type ThreadRequest } from "./_thread.ts";

/** The part of a worker's global scope that is used here and not in the main thread's types. */
interface WorkerScope {
  onmessage: (event: MessageEvent<ThreadRequest | "end">) => void;
  postMessage(end: ThreadEnd): void;
  close(): void;
}

const scope = self as unknown as WorkerScope;

let end = () => {};
scope.onmessage = ({ data }) => {
  if (data !== "end") {
    end = startThread(data, (end) => scope.postMessage(end));
  } else {
    end();
    scope.close();
  }
};
