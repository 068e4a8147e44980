import { formatDuration } from "../../format_number.ts";
import { UserError } from "../../user_error.ts";
import type { DefinitionMessage, DefinitionRequest, SeenValue } from "./definition_messages.ts";

/** How long a module may take until its definition is there. */
const LIMIT_SECONDS = 10;
/** How long a worker may take to start on a busy machine. */
const START_SECONDS = 120;
/** What a module may take of the memory until then. A worker without memory ends the process. */
const MOST_BYTES = 2 ** 28;
const LOOK_MILLISECONDS = 20;

/**
 * Evaluates a module in a worker without permissions and gives its default export; undefined if it has
 * none.
 *
 * @throws {UserError} If it throws, takes too long or too much memory.
 */
export async function evaluateDefinition(
  { files, folder }: DefinitionRequest,
  label: string,
  limitSeconds = LIMIT_SECONDS,
): Promise<SeenValue | undefined> {
  const url = new URL("./definition_worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module", deno: { permissions: "none" } });
  const { promise, resolve, reject } = Promise.withResolvers<SeenValue | undefined>();
  const fail = (reason: string) => reject(new UserError(`Cannot read trainer ${label}: ${reason}`));
  let timer = setTimeout(() => fail("its worker does not start"), 1000 * START_SECONDS);
  const { rss } = Deno.memoryUsage();
  const look = setInterval(() => {
    if (Deno.memoryUsage().rss - rss > MOST_BYTES) fail("its definition takes too much memory");
  }, LOOK_MILLISECONDS);
  worker.onmessage = ({ data }: MessageEvent<DefinitionMessage>) => {
    if (data.kind === "ready") {
      clearTimeout(timer);
      const late = `it gives no definition within ${formatDuration(limitSeconds)}`;
      timer = setTimeout(() => fail(late), 1000 * limitSeconds);
      worker.postMessage({ files, folder } satisfies DefinitionRequest);
    } else if (data.kind === "read") resolve(data.exported);
    else fail(data.error);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    fail(event.message);
  };
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    clearInterval(look);
    worker.terminate();
  }
}
