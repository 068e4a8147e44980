import type { ModuleCode } from "../own_code.ts";
import { RunFailure } from "../run_failure.ts";
import { ModuleThread } from "./_module_thread.ts";
import type { RealmError, RealmReply, RealmRequest } from "./realm/realm_messages.ts";

/** MiB of objects that a module may have, the same on every machine; typed arrays are not counted. */
const HEAP_MEBIBYTES = 2048;

/** The thread in which a module trains: it has no permissions, no clock and no chance. */
export class ModuleRealm {
  readonly #thread: ModuleThread<RealmRequest, RealmReply>;
  readonly #replies: RealmReply[] = [];
  #wake = () => {};
  #reason: string | undefined;

  private constructor(code: ModuleCode, math: WebAssembly.Module) {
    this.#thread = new ModuleThread(code, {
      script: "./realm.ts",
      heapMebibytes: HEAP_MEBIBYTES,
      given: { math, allowsMath: code.allow.includes("math") },
      onReply: (reply) => {
        this.#replies.push(reply);
        this.#wake();
      },
      onEnd: (end) => {
        this.#reason = "isFull" in end
          ? `out of memory: its objects take more than ${HEAP_MEBIBYTES} MiB`
          : end.reason;
        this.#wake();
      },
    });
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
    this.#thread.send(request, transfer);
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

  /** Ends the thread. */
  end(): void {
    this.#thread.end();
  }

  /** The failure with the module's own calls, as places in its files. */
  #failureOf({ name, message, stack }: RealmError): RunFailure {
    const { urls } = this.#thread;
    const trace = stack.split("\n").flatMap((line) => {
      const own = urls.withFiles(line);
      return own === line || !line.startsWith("    at ") ? [] : [own];
    });
    const place = trace[0]?.match(/\(?([^()\s]+:\d+:\d+)\)?$/)?.[1];
    const what = [place, name, urls.withFiles(message)].filter(Boolean).join(": ");
    return new RunFailure(what, trace.join("\n"));
  }
}
