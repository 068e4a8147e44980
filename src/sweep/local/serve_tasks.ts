import type { RunTrainer } from "../../trainers/run_trainer.ts";
import { holdLifeLock } from "./life_lock.ts";
import type { WorkerMessage, WorkerSetup, WorkerTask } from "./worker_messages.ts";

/** The part of a worker's global scope that is used here and not in the main thread's types. */
interface WorkerScope {
  onmessage: (event: MessageEvent<WorkerSetup | WorkerTask>) => void;
  postMessage(message: WorkerMessage): void;
}

/** Makes this worker train the tasks it receives, one after another, with one trainer. */
export function serveTasks(
  makeTrainer: (setup: WorkerSetup) => RunTrainer | Promise<RunTrainer>,
): void {
  const scope = self as unknown as WorkerScope;
  const never = new Promise<never>(() => {});
  const fail = (error: unknown) => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    scope.postMessage({ kind: "failed", reason: message, stack });
    return never;
  };
  // Deno would print errors that nobody caught, over the progress bar.
  self.addEventListener("error", (event) => {
    event.preventDefault();
    fail(event.error);
  });
  self.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    fail(event.reason);
  });

  scope.onmessage = ({ data }) => {
    const setup = data as WorkerSetup;
    const { worker, owners, lifeLock } = setup;
    const started = Promise.try(makeTrainer, setup);
    let last: Promise<unknown> = started
      .then(() => holdLifeLock(lifeLock))
      .then(() => scope.postMessage({ kind: "ready" }))
      .catch(fail);
    scope.onmessage = ({ data }) => {
      const { index, task } = data as WorkerTask;
      last = last.then(async () => {
        if (Atomics.compareExchange(owners, index, worker, -worker) !== worker) return;
        const { result, test } = await (await started).train(task);
        scope.postMessage({ kind: "finished", index, result, test });
      }).catch(fail);
    };
  };
}
