/*
 * Runs in a thread of a module: evaluates it, and says what it exports by default.
 *
 * Its text is what is imported: see `startThread()`.
 */

import { workerData } from "node:worker_threads";
import { onUncaught } from "../../../on_uncaught.ts";
import type { DefinitionReply } from "./definition_messages.ts";
import { describeValue } from "./describe_value.ts";
import { lockDown } from "./lock_down.ts";
import { showOwnStacks } from "./own_places.ts";
import type { ThreadSetup } from "./thread_setup.ts";
import { watchHeap } from "./watch_heap.ts";

const LONGEST_ERROR = 10_000;
const SILENT = new Proxy({}, { get: () => () => {} }) as Console;

const { port, entry, packages, running, allowsMath } = workerData as ThreadSetup;
const answer = (reply: DefinitionReply) => port.postMessage(reply);
const fail = (error: unknown) => {
  answer({ kind: "thrown", error: textOf(error).slice(0, LONGEST_ERROR) });
};
onUncaught(fail);

watchHeap();
answer({ kind: "ready" });
read().catch(fail);

async function read(): Promise<void> {
  // Deno loads some packages by code that needs what is about to be taken away.
  if (packages !== undefined) await import(packages);
  showOwnStacks(running);
  // What it prints is for its runs.
  lockDown({ allowsMath, console: SILENT });
  const module = await import(entry);
  const isThere = Object.hasOwn(module, "default");
  answer({ kind: "read", ...isThere && { exported: describeValue(module.default) } });
}

/** A stack, or whatever was thrown in its place. */
function textOf(error: unknown): string {
  try {
    return error instanceof Error ? error.stack ?? `${error}` : `${error}`;
  } catch {
    return "something that cannot be shown";
  }
}
