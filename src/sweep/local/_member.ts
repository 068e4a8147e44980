import type { TrainerName } from "../../trainers/trainer.ts";
import type { SentStage } from "./_sendings.ts";
import type { EndRequest } from "./worker_messages.ts";

/** How long a worker may take to end the threads that it has started. */
const ENDING_MILLISECONDS = 1_000;

/** A worker of a pool. */
export interface Member {
  readonly number: number;
  readonly worker: Worker;
  /** Ends the program that runs for it. */
  readonly dismissal: AbortController;
  /** The log of the program that runs for it, if one is kept. */
  log?: string;
  /** What was sent to it, in that order; the first may have begun. */
  readonly tasks: SentStage[];
  /** Resolves when all of it is on its way: what it begins with is read first. */
  sent: Promise<void>;
  ready: boolean;
  /** The trainers of the runs that it has finished. */
  readonly trained: Set<TrainerName>;
  /** Resolves when it has ended; it does so at once before it is ready. */
  ended: Promise<void>;
  /** What it was first seen to train since a run of it ended, and when, by the pool's clock. */
  seen?: { readonly sending: number; readonly milliseconds: number };
}

/**
 * Ends a worker at once.
 *
 * @param hasModules True: first it ends the threads of modules, which would outlive it.
 */
export async function terminate({ worker, ended }: Member, hasModules: boolean): Promise<void> {
  if (hasModules) {
    worker.postMessage({ kind: "end" } satisfies EndRequest);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ENDING_MILLISECONDS);
    });
    await Promise.race([ended, late]);
    clearTimeout(timer);
  }
  worker.terminate();
}
