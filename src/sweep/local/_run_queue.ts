import type { TrainingState } from "../../trainers/training_stage.ts";
import type { Admission, KeptState, LaunchOptions, Sharing } from "../launcher.ts";
import type { PlannedRun } from "../planned_run.ts";
import { partAt, sharedUntil } from "../stages/share_steps.ts";
import { sharersOf } from "../stages/sharers.ts";

/** Runs that are claimed for one stage are at most so many, and for all that are sent out so many. */
const MOST_TOGETHER = 32;
const MOST_CLAIMED = 256;

/** Runs, by their indices, that train together: up to some step they have the same states. */
export interface PoolStage {
  /** The first of its runs when it began: its name. */
  readonly lead: number;
  /** Those that have not ended. */
  readonly runs: number[];
  /** Where it begins; at the first step if this and the next are absent. */
  readonly state?: TrainingState;
  /** A state that its runs may be able to go on from. */
  readonly kept?: KeptState;
  /** The step before which its runs part; infinite if they do not. */
  readonly until: number;
}

export interface QueueOptions extends Pick<LaunchOptions, "admit" | "sharing" | "modelOf"> {
  /** How many stages are sent out at most. */
  readonly stages: number;
}

/** The runs that no worker has, in the order in which they are to begin. */
export class RunQueue {
  readonly #runs: readonly PlannedRun[];
  readonly #admit: (run: PlannedRun, others?: readonly PlannedRun[]) => Admission;
  readonly #sharing: Sharing | undefined;
  readonly #mostTogether: number;
  /** Indices of runs that have not begun, the next one last. */
  readonly #waiting: number[];
  /** By index: 1 for runs that are not waiting. */
  readonly #taken: Uint8Array;
  /** Runs that have to wait, because other processes are training them. */
  readonly #postponed: number[] = [];
  /** Stages that go on where others ended, the next one last. */
  readonly #begun: PoolStage[] = [];
  /** By index, of those that share their first steps with others: these. */
  readonly #sharers: ReadonlyMap<number, readonly number[]> | undefined;
  /** Runs during which a worker died: they are tried again by themselves. */
  readonly #alone = new Set<number>();
  #left: number;

  constructor(
    runs: readonly PlannedRun[],
    { stages, admit = () => "now", sharing, modelOf }: QueueOptions,
  ) {
    this.#runs = runs;
    this.#admit = admit;
    this.#sharing = sharing;
    this.#mostTogether = Math.max(4, Math.min(MOST_TOGETHER, Math.floor(MOST_CLAIMED / stages)));
    this.#waiting = Array.from(runs.keys()).reverse();
    this.#taken = new Uint8Array(runs.length);
    // Runs that have models are not trained.
    this.#sharers = sharing && !modelOf ? sharersOf(runs) : undefined;
    this.#left = runs.length;
  }

  /** The number of runs that have not ended. */
  get left(): number {
    return this.#left;
  }

  /** Whether every run that has not ended is being trained by another process. */
  get waitsForOthers(): boolean {
    return this.#postponed.length === this.#left;
  }

  /** Whether no run is waiting, but for those that other processes are training. */
  get isEmpty(): boolean {
    return this.#begun.length === 0 && this.#waiting.every((index) => this.#taken[index] === 1);
  }

  /** Forgets a run that has ended. */
  end(): void {
    this.#left--;
  }

  /** Takes the next runs to train. */
  next(): PoolStage | undefined {
    const begun = this.#begun.pop();
    if (begun) return begun;
    for (let index = this.#waiting.pop(); index !== undefined; index = this.#waiting.pop()) {
      if (this.#taken[index] === 1) continue;
      const admission = this.#admit(this.#runs[index]);
      if (admission === "later") this.#postponed.push(index);
      if (admission === "never") this.#take(index, true);
      if (admission !== "now") continue;
      this.#take(index);
      this.#begun.push(...this.#fromKept([index, ...this.#admitSharers(index)]));
      return this.#begun.pop();
    }
    return undefined;
  }

  /** Stages for runs that share their first steps: those that can go on from another state are apart. */
  #fromKept(indices: readonly number[]): PoolStage[] {
    const kept = new Map(
      indices.map((index) => [index, this.#sharing?.latest(this.#runs[index])]),
    );
    const nameOf = (index: number) => {
      const state = kept.get(index);
      return state && `${state.key} ${state.step}`;
    };
    return [...Map.groupBy(indices, nameOf).values()]
      .map((runs) => this.#stageOf(runs, { kept: kept.get(runs[0]) }))
      .reverse();
  }

  /** Goes on where a stage has ended, with its runs that have not. */
  goOn({ runs, until }: PoolStage, state: TrainingState): void {
    const parts = this.#part(runs, until).map((part) => this.#stageOf(part, { state }));
    // The one that began first is taken first.
    this.#begun.push(...parts.reverse());
  }

  /** Puts a stage back that no worker has begun. */
  putBack(stage: PoolStage): void {
    this.#begun.push(stage);
  }

  /** Puts a stage's runs back, to be trained next from their first steps, each by itself. */
  retry({ runs }: PoolStage): void {
    for (const index of runs.toReversed()) {
      this.#alone.add(index);
      this.#begun.push({ lead: index, runs: [index], until: Infinity });
    }
  }

  /** Whether a run is tried again. */
  isRetried(index: number): boolean {
    return this.#alone.has(index);
  }

  /** Asks again for the runs that other processes have. */
  askAgain(): void {
    this.#waiting.push(...this.#postponed.splice(0).reverse());
  }

  /** Claims the waiting runs that share the first steps of one, as many as can be trained together. */
  #admitSharers(index: number): number[] {
    const admitted: number[] = [];
    for (const other of this.#sharers?.get(index) ?? []) {
      if (admitted.length + 1 >= this.#mostTogether) break;
      if (this.#taken[other] === 1) continue;
      const others = [index, ...admitted].map((index) => this.#runs[index]);
      const admission = this.#admit(this.#runs[other], others);
      if (admission === "later") continue;
      this.#take(other, admission === "never");
      if (admission === "now") admitted.push(other);
    }
    return admitted;
  }

  #take(index: number, isOver = false): void {
    this.#taken[index] = 1;
    if (isOver) this.#left--;
  }

  #stageOf(runs: number[], from: Pick<PoolStage, "state" | "kept"> = {}): PoolStage {
    const { step } = from.state ?? from.kept ?? { step: 0 };
    const until = sharedUntil(runs.map((index) => this.#runs[index]), step);
    return { lead: runs[0], runs, until, ...from };
  }

  #part(indices: readonly number[], step: number): number[][] {
    const indexOf = new Map(indices.map((index) => [this.#runs[index], index]));
    return partAt([...indexOf.keys()], step).map((part) =>
      part.map((run) => indexOf.get(run) ?? -1)
    );
  }
}
