import type { TestResult } from "../../trainers/run_result.ts";
import type { TrainerContext, TrainerName } from "../../trainers/trainer.ts";
import type { PlannedRun } from "../planned_run.ts";
import type { WorkerMessage } from "./worker_messages.ts";

type Finished = Omit<Extract<WorkerMessage, { kind: "finished" }>, "kind">;
/** How a run ended: with its result, or with the reason why it has none, in words for a user. */
export type Ending =
  | Omit<Finished, "index">
  | { readonly test: TestResult; readonly result?: undefined }
  | { readonly failure: string };

/**
 * The first run of each module that ends. Its result is held back, and it is trained once more after
 * others: a module may keep something between runs that changes their results.
 *
 * Runs are identified by their index. A module with a single run has none to disturb it.
 */
export class FirstRuns {
  readonly #runs: readonly PlannedRun[];
  /** Modules with several runs, of which none has ended. */
  readonly #awaited: Set<TrainerName>;
  /** The results of the runs that are held back. */
  readonly #held = new Map<number, Finished>();
  /** Those of them that are still to be repeated. */
  readonly #due: number[] = [];

  constructor(runs: readonly PlannedRun[], { own = [] }: Pick<TrainerContext, "own">) {
    this.#runs = runs;
    const modules = own.filter(({ kind }) => kind === "module");
    this.#awaited = new Set(
      modules.map(({ name }) => name)
        .filter((name) => runs.filter(({ cell }) => cell.trainer === name).length > 1),
    );
  }

  /** Takes the result of a run: its ending, or nothing if the run is held back from now on. */
  take(finished: Finished): Ending | undefined {
    const { index, ...ending } = finished;
    const { trainer } = this.#runs[index].cell;
    if (this.#awaited.delete(trainer)) {
      this.#held.set(index, finished);
      this.#due.push(index);
      return undefined;
    }
    const first = this.#held.get(index);
    if (!first || first.result.digest === ending.result.digest) return ending;
    const failure = `trainer ${trainer} is not deterministic: this run, trained first and once ` +
      "more after all others, has two results";
    return { failure };
  }

  /** Gives out the next run to repeat, once, of those trainers that are wanted. */
  takeDue(isWanted: (trainer: TrainerName) => boolean): number | undefined {
    const at = this.#due.findIndex((index) => isWanted(this.#runs[index].cell.trainer));
    return at < 0 ? undefined : this.#due.splice(at, 1)[0];
  }

  /** Forgets a run that has its ending. */
  settle(index: number): void {
    this.#held.delete(index);
  }

  /** The results of the runs that are held back. */
  held(): Finished[] {
    return [...this.#held.values()];
  }
}
