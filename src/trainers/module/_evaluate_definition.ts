import { formatDuration } from "../../format_number.ts";
import type { ModuleCode } from "../own_code.ts";
import { ModuleThread } from "./_module_thread.ts";
import type { DefinitionReply, SeenValue } from "./realm/definition_messages.ts";

/** How long a module may take until its definition is there. */
const LIMIT_SECONDS = 10;
/** How long a thread may take to start on a busy machine. */
const START_SECONDS = 120;
/** MiB of objects that a module may have until then. */
const HEAP_MEBIBYTES = 256;
/**
 * How far the whole process may grow until then. The limit of a heap does not count typed arrays, and a
 * loop that makes more and more of them would take all memory before its time is up. Everything else in
 * the process counts here as well, so this is far beyond what that takes in a few seconds.
 */
const MOST_GROWTH_BYTES = 4 * 2 ** 30;
const LOOK_MILLISECONDS = 20;
const LARGE = "its definition takes too much memory";

/** What became of a module that was evaluated. */
export type Evaluated =
  /** Its default export, if it has one. */
  | { readonly exported: SeenValue | undefined }
  /** What it threw, with its stack. */
  | { readonly thrown: string }
  /** Why it was stopped. */
  | { readonly stopped: string };

/** What a module may take until its definition is there. */
export interface DefinitionLimits {
  readonly limitSeconds?: number;
  readonly mostGrowthBytes?: number;
}

/**
 * Evaluates a module in a thread without permissions.
 *
 * @param module.allowsMath Whether it may use `Math.exp` and its kind.
 */
export async function evaluateDefinition(
  { allowsMath, ...module }: Pick<ModuleCode, "files" | "folder"> & { allowsMath: boolean },
  { limitSeconds = LIMIT_SECONDS, mostGrowthBytes = MOST_GROWTH_BYTES }: DefinitionLimits = {},
): Promise<Evaluated> {
  const { promise, resolve } = Promise.withResolvers<Evaluated>();
  const stop = (stopped: string) => resolve({ stopped });
  const thread = new ModuleThread<never, DefinitionReply>(module, {
    script: "./read_definition.ts",
    heapMebibytes: HEAP_MEBIBYTES,
    given: { allowsMath },
    onReply: (reply) => {
      if (reply.kind === "ready") {
        clearTimeout(timer);
        const late = `it gives no definition within ${formatDuration(limitSeconds)}`;
        timer = setTimeout(() => stop(late), 1000 * limitSeconds);
      } else if (reply.kind === "read") resolve({ exported: reply.exported });
      else resolve({ thrown: thread.urls.withFiles(reply.error) });
    },
    onEnd: (end) => stop("isFull" in end ? LARGE : end.reason),
  });
  let timer = setTimeout(() => stop("its thread does not start"), 1000 * START_SECONDS);
  const { rss } = Deno.memoryUsage();
  const look = setInterval(() => {
    if (Deno.memoryUsage().rss - rss > mostGrowthBytes) stop(LARGE);
  }, LOOK_MILLISECONDS);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    clearInterval(look);
    thread.end();
  }
}
