import type { ModuleCode } from "../own_code.ts";
import { startThread, type ThreadEnd, type ThreadRequest } from "./_thread.ts";
import { type ModuleUrls, moduleUrls } from "./module_urls.ts";
import type { ThreadSetup } from "./realm/thread_setup.ts";

/** What is started, and who hears of it. */
export interface ThreadOptions<Reply> extends Pick<ThreadRequest, "script" | "heapMebibytes"> {
  /** What the script is given besides the module. */
  readonly given: Pick<ThreadSetup, "allowsMath"> & Readonly<Record<string, unknown>>;
  readonly onReply: (reply: Reply) => void;
  /** Called if the thread ends by itself, or its heap is full. */
  readonly onEnd: (end: ThreadEnd) => void;
}

/** A thread with nothing in it but a module and a script of realm/: it has no permissions. */
export class ModuleThread<Request, Reply> {
  readonly urls: ModuleUrls;
  readonly #port: MessagePort;
  readonly #end: () => void;

  constructor(
    { files, folder }: Pick<ModuleCode, "files" | "folder">,
    { script, heapMebibytes, given, onReply, onEnd }: ThreadOptions<Reply>,
  ) {
    this.urls = moduleUrls(files, folder);
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<Reply>) => onReply(data);
    const { entry, packages, running } = this.urls;
    const setup = { ...given, port: port2, entry, packages, running };
    const request = { script, heapMebibytes, setup };
    const start = hasPermissions() ? startInWorker : startThread;
    this.#end = start(request, onEnd);
  }

  send(request: Request, transfer: Transferable[] = []): void {
    this.#port.postMessage(request, transfer);
  }

  /** Ends the thread. */
  end(): void {
    this.#port.close();
    this.#end();
    this.urls.revoke();
  }
}

const PERMISSIONS = ["read", "write", "net", "env", "sys", "run", "ffi", "import"] as const;

/** Whether this thread has any permission. */
function hasPermissions(): boolean {
  return PERMISSIONS.some((name) => {
    const { state, partial } = Deno.permissions.querySync({ name });
    return state === "granted" || partial;
  });
}

/**
 * Does what `startThread()` does in a worker of its own, without permissions. Deno takes half a second to
 * start a thread in a worker.
 */
function startInWorker(request: ThreadRequest, onEnd: (end: ThreadEnd) => void): () => void {
  const url = new URL("./thread_worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module", deno: { permissions: "none" } });
  worker.onmessage = ({ data }: MessageEvent<ThreadEnd>) => onEnd(data);
  worker.onerror = (event) => {
    event.preventDefault();
    onEnd({ reason: event.message });
  };
  worker.postMessage(request, [request.setup.port]);
  // It closes itself when its thread has ended.
  return () => worker.postMessage("end");
}
