import { onUncaught } from "../../on_uncaught.ts";
import type { ProgramEnd, ProgramRunner } from "../../trainers/command/program_runner.ts";
import { stopwatch } from "../../stopwatch.ts";
import { RunFailure } from "../../trainers/run_failure.ts";
import type { RunTrainer } from "../../trainers/run_trainer.ts";
import type { SettledKernels } from "../../trainers/settle_kernels.ts";
import { holdLifeLock } from "./life_lock.ts";
import type { PoolMessage, WorkerMessage, WorkerSetup, WorkerStage } from "./worker_messages.ts";

/** The part of a worker's global scope that is used here and not in the main thread's types. */
interface WorkerScope {
  onmessage: (event: MessageEvent<WorkerSetup | PoolMessage>) => void;
  postMessage(message: WorkerMessage): void;
  close(): void;
}

type Trains = Pick<RunTrainer, "trainStage" | "score"> & Partial<Disposable>;

/**
 * Makes this worker train the tasks it receives, one after another, with one trainer.
 *
 * @param makeTrainer Gets the setup, what starts programs by asking the main thread, and what tells it
 * which kernels are used.
 */
export function serveTasks(
  makeTrainer: (
    setup: WorkerSetup,
    programs: ProgramRunner,
    report: (kernels: SettledKernels) => void,
  ) => Trains | Promise<Trains>,
): void {
  const scope = self as unknown as WorkerScope;
  // A trainer's code may change what it finds in the scope.
  const post = scope.postMessage.bind(scope);
  const never = new Promise<never>(() => {});
  const fail = (error: unknown) => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    post({ kind: "failed", reason: message, stack });
    return never;
  };
  onUncaught(fail);

  let takeEnd: ((end: ProgramEnd) => void) | undefined;
  const programs: ProgramRunner = {
    run(start) {
      return new Promise((resolve) => {
        takeEnd = resolve;
        post({ kind: "program", start });
      });
    },
  };
  const listener = {
    onMessage: (text: string) => post({ kind: "message", text }),
    onProblem: (text: string) => post({ kind: "problem", text }),
  };

  scope.onmessage = ({ data }) => {
    const setup = data as WorkerSetup;
    const { sendings, lifeLock, stateSeconds } = setup;
    const started = Promise.try(makeTrainer, setup, programs, (kernels) => {
      post({ kind: "kernels", kernels });
    });
    let last: Promise<unknown> = started
      .then(() => holdLifeLock(lifeLock))
      .then(() => post({ kind: "ready" }))
      .catch(fail);
    const train = async ({ lead, sending, runs, keepsStates, ...stage }: WorkerStage) => {
      if (Atomics.compareExchange(sendings, lead, sending, -sending) !== sending) return;
      let secondsSinceState = stopwatch();
      const unfit = (what: "model" | "state") => ({
        onUnfit: (reason: string) => post({ kind: "unfit", lead, what, reason }),
      });
      try {
        const [{ index, task, model }] = runs;
        const trainer = await started;
        const test = model && await trainer.score(task, model, unfit("model"));
        if (test) return post({ kind: "scored", index, test });
        const tasks = runs.map(({ task }) => task);
        const state = await trainer.trainStage({ ...stage, tasks }, {
          ...listener,
          ...unfit("state"),
          onEnd(place, { result, test, parameters }) {
            const { index, keepsModel = false } = runs[place];
            post({
              ...{ kind: "finished", index, result, test } as const,
              ...keepsModel && { parameters },
            });
          },
          onEndState: (place, state) => {
            post({ kind: "state", index: runs[place].index, state, isEnd: true });
          },
          wantsState: () => keepsStates && secondsSinceState() > stateSeconds,
          onState(state) {
            secondsSinceState = stopwatch();
            post({ kind: "state", index: lead, state, isEnd: false });
          },
        });
        post({ kind: "stage_ended", lead, state });
      } catch (error) {
        if (!(error instanceof RunFailure)) throw error;
        post({ kind: "run_failed", index: lead, reason: error.message, trace: error.trace });
      }
    };
    const end = (trainer: Partial<Disposable>) => {
      trainer[Symbol.dispose]?.();
      scope.close();
    };
    scope.onmessage = ({ data }) => {
      const message = data as PoolMessage;
      if (message.kind === "program") takeEnd?.(message.end);
      else if (message.kind === "end") started.then(end, end);
      else last = last.then(() => train(message)).catch(fail);
    };
  };
}
