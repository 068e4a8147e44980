import { type MessagePort as Port, Worker as Thread } from "node:worker_threads";
import ON_UNCAUGHT from "../../on_uncaught.ts" with { type: "text" };
import CHECK_GIVEN from "./realm/check_given.ts" with { type: "text" };
import DESCRIBE_VALUE from "./realm/describe_value.ts" with { type: "text" };
import LOCK_DOWN from "./realm/lock_down.ts" with { type: "text" };
import OWN_PLACES from "./realm/own_places.ts" with { type: "text" };
import READ_DEFINITION from "./realm/read_definition.ts" with { type: "text" };
import REALM from "./realm/realm.ts" with { type: "text" };
import THREAD_SETUP from "./realm/thread_setup.ts" with { type: "text" };
import WATCH_HEAP from "./realm/watch_heap.ts" with { type: "text" };
import { HEAP_IS_FULL, type ThreadSetup } from "./realm/thread_setup.ts";

/** The texts of realm/ and what they import from elsewhere, by the paths that they import each other by. */
const TEXTS: ReadonlyMap<string, string> = new Map([
  ["../../../on_uncaught.ts", ON_UNCAUGHT],
  ["./check_given.ts", CHECK_GIVEN],
  ["./describe_value.ts", DESCRIBE_VALUE],
  ["./lock_down.ts", LOCK_DOWN],
  ["./own_places.ts", OWN_PLACES],
  ["./read_definition.ts", READ_DEFINITION],
  ["./realm.ts", REALM],
  ["./thread_setup.ts", THREAD_SETUP],
  ["./watch_heap.ts", WATCH_HEAP],
]);
const IMPORTED = /(?<=\bfrom )"(\.{1,2}\/[\w./]+\.ts)"/g;
const urls = new Map<string, string>();

/** A thread of a module that is to be started. */
export interface ThreadRequest {
  /** What runs there, of realm/. */
  readonly script: "./read_definition.ts" | "./realm.ts";
  /** MiB of objects that it may have; typed arrays are not counted. */
  readonly heapMebibytes: number;
  readonly setup: ThreadSetup;
}

/** Why a thread ended by itself. */
export type ThreadEnd = { readonly isFull: true } | { readonly reason: string };

/**
 * Starts a thread of a module, in a worker that has no permissions: the thread has its worker's.
 *
 * It is one of Node's because only these can be given less memory than the process has: a worker whose
 * heap is full ends the process.
 *
 * @param onEnd Called if it ends by itself, or its heap is full.
 * @returns a function that ends it. A loop goes on until the process ends: neither `terminate()` of the
 * thread, nor of its worker, nor closing that stops it. Only the time limit of a `vm.Script` does, and that
 * reaches into promises' reactions in a context of its own alone, where no module can be imported.
 */
export function startThread(
  { script, heapMebibytes, setup }: ThreadRequest,
  onEnd: (end: ThreadEnd) => void,
): () => void {
  const thread = new Thread(new URL(urlOf(script)), {
    workerData: setup,
    // To its types, only a port of Node's can be transferred.
    transferList: [setup.port as unknown as Port],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: heapMebibytes },
  });
  let end: ThreadEnd = { reason: "its thread ended" };
  thread.on("message", (message) => {
    if (message === HEAP_IS_FULL) onEnd({ isFull: true });
  });
  thread.on("error", (error: Error & { code?: string }) => {
    const isFull = error.code === "ERR_WORKER_OUT_OF_MEMORY";
    end = isFull ? { isFull } : { reason: error.message };
  });
  thread.on("exit", () => onEnd(end));
  return () => {
    thread.removeAllListeners();
    thread.terminate();
  };
}

/**
 * The URL of a text of realm/ and of all that it imports there. It needs no permission: a worker without
 * any cannot read files, and so starts no thread from one.
 */
function urlOf(path: string): string {
  const known = urls.get(path);
  if (known !== undefined) return known;
  const text = TEXTS.get(path);
  if (text === undefined) throw new RangeError(`There is no text of ${path}`);
  // Types cannot be imported from such a URL, and so are not checked there.
  const unchecked = `// @ts-nocheck\n${text.replace(/^import type [^;]*;\n/gm, "")}`
    .replace(IMPORTED, (_, imported) => JSON.stringify(urlOf(imported)));
  const bytes = new TextEncoder().encode(unchecked);
  const url = `data:application/typescript;base64,${bytes.toBase64()}`;
  urls.set(path, url);
  return url;
}
