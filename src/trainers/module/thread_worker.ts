/*
 * A worker that starts the thread of a module for a caller with permissions: the worker has none, and so
 * the thread has none.
 */

import { startThread } from "./_thread.ts";
import type { RealmSetup } from "./realm/realm_messages.ts";

/** The part of a worker's global scope that is used here and not in the main thread's types. */
interface WorkerScope {
  onmessage: (event: MessageEvent<RealmSetup | "end">) => void;
  postMessage(reason: string): void;
  close(): void;
}

const scope = self as unknown as WorkerScope;

let end = () => {};
scope.onmessage = ({ data }) => {
  if (data !== "end") {
    end = startThread(data, (reason) => scope.postMessage(reason));
  } else {
    end();
    scope.close();
  }
};
