import { type MessagePort as Port, Worker as Thread } from "node:worker_threads";
import LOCK_DOWN from "./realm/lock_down.ts" with { type: "text" };
import REALM from "./realm/realm.ts" with { type: "text" };
import type { RealmSetup } from "./realm/realm_messages.ts";

/** MiB of objects that a module may have, the same on every machine; typed arrays are not counted. */
const HEAP_MEBIBYTES = 2048;

/**
 * Starts the thread of a module, in a worker that has no permissions: the thread has its worker's.
 *
 * It is one of Node's because only these can be given less memory than the process has: a worker whose
 * heap is full ends the process.
 *
 * @param onEnd Called with the reason, in words, if it ends by itself.
 * @returns a function that ends it, whatever it does.
 */
export function startThread(setup: RealmSetup, onEnd: (reason: string) => void): () => void {
  // A worker without permissions cannot read files, and so starts no thread from one.
  const realm = REALM.replace('"./lock_down.ts"', JSON.stringify(textUrl(LOCK_DOWN)));
  const thread = new Thread(new URL(textUrl(realm)), {
    workerData: setup,
    // To its types, only a port of Node's can be transferred.
    transferList: [setup.port as unknown as Port],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEBIBYTES },
  });
  let reason = "its thread ended";
  thread.on("error", (error: Error & { code?: string }) => {
    reason = error.code === "ERR_WORKER_OUT_OF_MEMORY"
      ? `out of memory: its objects take more than ${HEAP_MEBIBYTES} MiB`
      : error.message;
  });
  thread.on("exit", () => onEnd(reason));
  return () => {
    thread.removeAllListeners();
    thread.terminate();
  };
}

/** A URL that needs no permission. Types cannot be imported from there, and so are not checked there. */
function textUrl(text: string): string {
  const unchecked = `// @ts-nocheck\n${text.replace(/^import type [^;]*;\n/gm, "")}`;
  return `data:application/typescript;base64,${new TextEncoder().encode(unchecked).toBase64()}`;
}
