import { onUncaught } from "../../on_uncaught.ts";
import type { DefinitionMessage, DefinitionRequest } from "./definition_messages.ts";
import { describeValue } from "./describe_value.ts";
import { moduleUrls } from "./module_urls.ts";
import { lockDown } from "./realm/lock_down.ts";

// Evaluates a module, without any permission, and says what it exports by default.

/** The part of a worker's global scope that is used here and not in the main thread's types. */
interface WorkerScope {
  onmessage: (event: MessageEvent<DefinitionRequest>) => void;
  postMessage(message: DefinitionMessage): void;
}

const LONGEST_ERROR = 10_000;
const SILENT = new Proxy({}, { get: () => () => {} }) as Console;
const scope = self as unknown as WorkerScope;
// The module could put others in their place.
const post: (message: DefinitionMessage) => void = scope.postMessage.bind(scope);

scope.onmessage = async ({ data: { files, folder } }) => {
  const urls = moduleUrls(files, folder);
  const fail = (error: unknown) => {
    post({ kind: "thrown", error: urls.withFiles(textOf(error).slice(0, LONGEST_ERROR)) });
  };
  onUncaught(fail);
  try {
    // Deno loads some packages by code that needs what is about to be taken away.
    await urls.loadPackages();
    // What it may use of `Math` is in the definition, and what it prints is for its runs.
    lockDown({ allowsMath: true, console: SILENT });
    const module = await urls.load();
    const isThere = Object.hasOwn(module, "default");
    post({ kind: "read", ...isThere && { exported: describeValue(module.default) } });
  } catch (error) {
    fail(error);
  }
};
post({ kind: "ready" });

/** A stack, or whatever was thrown in its place. */
function textOf(error: unknown): string {
  try {
    return error instanceof Error ? error.stack ?? `${error}` : `${error}`;
  } catch {
    return "something that cannot be shown";
  }
}
