import type { GitState } from "./git_state.ts";

/** The arguments of `gitState()`. */
export interface GitStateRequest {
  readonly folder: string;
  readonly of?: readonly string[];
}

/**
 * A thread that calls `gitState()`, which reads and hashes a thousand files, while this one goes on.
 * It may read files and, where this one may, variables that isomorphic-git asks for; nothing else.
 */
export class GitStateThread implements Disposable {
  /** Never rejected: what goes wrong is a reason why the state is unknown. */
  readonly state: Promise<GitState>;
  readonly #worker: Worker;

  constructor(request: GitStateRequest, url = new URL("./git_state_worker.ts", import.meta.url)) {
    const permissions = { read: true, env: "inherit" } as const;
    const worker = new Worker(url, { type: "module", deno: { permissions } });
    this.#worker = worker;
    const { promise, resolve } = Promise.withResolvers<GitState>();
    this.state = promise;
    worker.onmessage = ({ data }: MessageEvent<GitState>) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      resolve({ commit: null, clean: null, reason: event.message });
    };
    worker.postMessage(request);
  }

  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}
