import { formatDuration } from "../../format_number.ts";
import type { DefinitionMessage, DefinitionRequest, SeenValue } from "./definition_messages.ts";

/** How long a module may take until its definition is there. */
const LIMIT_SECONDS = 10;
/** How long a worker may take to start on a busy machine. */
const START_SECONDS = 120;
/** What a module may take of the memory until then. A worker without memory ends the process. */
const MOST_BYTES = 2 ** 28;
const LOOK_MILLISECONDS = 20;

/** What became of a module that was evaluated. */
export type Evaluated =
  /** Its default export, if it has one. */
  | { readonly exported: SeenValue | undefined }
  /** What it threw, with its stack. */
  | { readonly thrown: string }
  /** Why it was stopped. */
  | { readonly stopped: string };

/** Evaluates a module in a worker without permissions. */
export async function evaluateDefinition(
  { files, folder }: DefinitionRequest,
  limitSeconds = LIMIT_SECONDS,
): Promise<Evaluated> {
  const url = new URL("./definition_worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module", deno: { permissions: "none" } });
  const { promise, resolve } = Promise.withResolvers<Evaluated>();
  const stop = (stopped: string) => resolve({ stopped });
  let timer = setTimeout(() => stop("its worker does not start"), 1000 * START_SECONDS);
  const { rss } = Deno.memoryUsage();
  const look = setInterval(() => {
    if (Deno.memoryUsage().rss - rss > MOST_BYTES) stop("its definition takes too much memory");
  }, LOOK_MILLISECONDS);
  worker.onmessage = ({ data }: MessageEvent<DefinitionMessage>) => {
    if (data.kind === "ready") {
      clearTimeout(timer);
      const late = `it gives no definition within ${formatDuration(limitSeconds)}`;
      timer = setTimeout(() => stop(late), 1000 * limitSeconds);
      worker.postMessage({ files, folder } satisfies DefinitionRequest);
    } else if (data.kind === "read") resolve({ exported: data.exported });
    else resolve({ thrown: data.error });
  };
  worker.onerror = (event) => {
    event.preventDefault();
    resolve({ thrown: event.message });
  };
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    clearInterval(look);
    worker.terminate();
  }
}
