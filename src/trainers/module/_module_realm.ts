import type { ModuleCode } from "../own_code.ts";
import { RunFailure } from "../run_failure.ts";
import { startThread } from "./_thread.ts";
import { type ModuleUrls, moduleUrls } from "./module_urls.ts";
import type { RealmError, RealmReply, RealmRequest, RealmSetup } from "./realm/realm_messages.ts";

/**
 * A thread with nothing in it but a module: it has no permissions, no clock and no chance, and its heap
 * is limited.
 */
export class ModuleRealm {
  readonly #port: MessagePort;
  readonly #urls: ModuleUrls;
  readonly #end: () => void;
  readonly #replies: RealmReply[] = [];
  #wake = () => {};
  #reason: string | undefined;

  private constructor(code: ModuleCode, math: WebAssembly.Module) {
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.#urls = moduleUrls(code.files, code.folder);
    port1.onmessage = ({ data }: MessageEvent<RealmReply>) => {
      this.#replies.push(data);
      this.#wake();
    };
    const setup = {
      port: port2,
      entry: this.#urls.entry,
      packages: this.#urls.packages,
      math,
      allowsMath: code.allow.includes("math"),
    };
    const onEnd = (reason: string) => {
      this.#reason = reason;
      this.#wake();
    };
    this.#end = hasPermissions() ? startInWorker(setup, onEnd) : startThread(setup, onEnd);
  }

  /**
   * Starts the thread and imports the module there.
   *
   * @throws {RunFailure} If the module throws while it is imported.
   */
  static async open(code: ModuleCode, math: WebAssembly.Module): Promise<ModuleRealm> {
    const realm = new ModuleRealm(code, math);
    try {
      await realm.next();
      return realm;
    } catch (error) {
      realm.end();
      throw error;
    }
  }

  send(request: RealmRequest, transfer: Transferable[] = []): void {
    this.#port.postMessage(request, transfer);
  }

  /**
   * Waits for the next reply.
   *
   * @throws {RunFailure} If the module threw, or the thread has ended.
   * @throws {Error} If the run was stopped after its limit: its caller was suspended, and may repeat it.
   */
  async next(): Promise<Exclude<RealmReply, { kind: "failed" | "late" }>> {
    let reply = this.#replies.shift();
    while (!reply && this.#reason === undefined) {
      await new Promise<void>((resolve) => this.#wake = resolve);
      reply = this.#replies.shift();
    }
    if (!reply) throw new RunFailure(this.#reason ?? "");
    if (reply.kind === "failed") throw this.#failureOf(reply.error);
    if (reply.kind === "late") throw new Error("its run went on after its time limit");
    return reply;
  }

  /** Ends the thread, whatever it does. */
  end(): void {
    this.#port.close();
    this.#end();
    this.#urls.revoke();
  }

  /** The failure with the module's own calls, as places in its files. */
  #failureOf({ name, message, stack }: RealmError): RunFailure {
    const trace = stack.split("\n").flatMap((line) => {
      const own = this.#urls.withFiles(line);
      return own === line || !line.startsWith("    at ") ? [] : [own];
    });
    const place = trace[0]?.match(/\(?([^()\s]+:\d+:\d+)\)?$/)?.[1];
    const what = [place, name, this.#urls.withFiles(message)].filter(Boolean).join(": ");
    return new RunFailure(what, trace.join("\n"));
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

/** Does what `startThread()` does in a worker of its own, without permissions. */
function startInWorker(setup: RealmSetup, onEnd: (reason: string) => void): () => void {
  const url = new URL("./thread_worker.ts", import.meta.url);
  const worker = new Worker(url, { type: "module", deno: { permissions: "none" } });
  worker.onmessage = ({ data: reason }: MessageEvent<string>) => onEnd(reason);
  worker.onerror = (event) => {
    event.preventDefault();
    onEnd(event.message);
  };
  worker.postMessage(setup, [setup.port]);
  // It closes itself when its thread has ended.
  return () => worker.postMessage("end");
}
