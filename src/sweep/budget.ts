import type { RunResult } from "../trainers/run_result.ts";
import type { TrainerName } from "../trainers/trainer.ts";
import type { Admission } from "./launcher.ts";
import { Paces } from "./pace.ts";
import type { PlannedRun } from "./planned_run.ts";
import { workOf } from "./stages/share_steps.ts";

export interface BudgetOptions {
  /** The time that the sweep may take. */
  readonly seconds: number;
  /** How many runs are trained at once. */
  readonly workers: number;
  /** Seconds since the sweep began. */
  readonly elapsed: () => number;
}

/** A run that was begun and has not ended. */
interface Begun {
  readonly run: PlannedRun;
  /** Its work, without the steps that it shares with runs that it is trained with. */
  readonly flops: number;
  /** When it was begun, or taken up by a worker after it. */
  since: number;
}

/**
 * The time that a sweep may take: no run begins that is not expected to end within it, and none of a
 * later replicate once a run is left out, so that what there is compares all cells.
 *
 * A run is expected to take as long as other runs of its cell have taken or, before one has ended, at the
 * pace of its trainer's runs: of those in this sweep, or else of those with a record. Where nothing is
 * known, as many begin as there are workers.
 */
export class Budget {
  readonly seconds: number;
  readonly #workers: number;
  readonly #elapsed: () => number;
  /** Of cells and of trainers, by their names. */
  readonly #cells = new Paces();
  readonly #trained = new Paces<TrainerName>();
  readonly #known = new Paces<TrainerName>();
  /** In the order in which they were begun; the workers have the first of them. */
  readonly #begun: Begun[] = [];
  /** What a run that is asked for would add, so that it is worked out once. */
  #asked: { readonly run: PlannedRun; readonly flops: number } | undefined;
  /** The replicate of the first run that was left out. */
  #last = Infinity;

  constructor({ seconds, workers, elapsed }: BudgetOptions) {
    this.seconds = seconds;
    this.#workers = workers;
    this.#elapsed = elapsed;
  }

  /** Whether a run was left out. */
  get isSpent(): boolean {
    return this.#last < Infinity;
  }

  /**
   * Whether a run may begin.
   *
   * @param others The runs that it would be trained with, as far as they share steps.
   */
  admit(run: PlannedRun, others: readonly PlannedRun[] = []): Admission {
    // One that is tried again.
    if (this.#begun.some((begun) => begun.run === run)) return "now";
    const left = this.seconds - this.#elapsed();
    if (left <= 0 || run.replicate > this.#last) return this.#leaveOut(run);
    const flops = ownFlops(run, others.at(-1));
    this.#asked = { run, flops };
    const expected = this.#secondsOf(run, flops);
    if (expected === undefined) return this.#admitBlindly(flops, others) ? "now" : "later";
    return this.#wait() + expected <= left ? "now" : this.#leaveOut(run);
  }

  /** Counts a run that begins. */
  begin(run: PlannedRun, others: readonly PlannedRun[] = []): void {
    if (this.#begun.some((begun) => begun.run === run)) return;
    const { flops } = this.#asked?.run === run
      ? this.#asked
      : { flops: ownFlops(run, others.at(-1)) };
    this.#begun.push({ run, flops, since: this.#elapsed() });
  }

  /** Counts a run that has ended, with its result if it has one. */
  end(run: PlannedRun, result?: RunResult): void {
    const place = this.#begun.findIndex((begun) => begun.run === run);
    if (place >= 0) {
      this.#begun.splice(place, 1);
      const next = this.#begun.at(this.#workers - 1);
      if (next && place < this.#workers) next.since = this.#elapsed();
    }
    if (result) this.#learn(run, result, this.#trained);
  }

  /** Learns from the record of a known run. */
  learn(run: PlannedRun, result: RunResult): void {
    this.#learn(run, result, this.#known);
  }

  #learn({ cell, flops }: PlannedRun, result: RunResult, paces: Paces<TrainerName>): void {
    this.#cells.add(cell.name, flops, result.trainSeconds);
    paces.add(cell.trainer, flops, result.trainSeconds);
  }

  #leaveOut({ replicate }: PlannedRun): Admission {
    this.#last = Math.min(this.#last, replicate);
    return "never";
  }

  /** Where no pace is known: what shares steps with a run that begins may not double its work. */
  #admitBlindly(flops: number, [first, ...others]: readonly PlannedRun[]): boolean {
    if (!first) return this.#begun.length < this.#workers;
    const sharing = this.#begun.filter(({ run }) => others.includes(run));
    return sharing.reduce((sum, { flops }) => sum + flops, flops) <= first.flops;
  }

  /** The seconds until a worker is free for one more run. */
  #wait(): number {
    const now = this.#elapsed();
    const workers: number[] = new Array(this.#workers).fill(0);
    for (const [place, { run, flops, since }] of this.#begun.entries()) {
      const expected = this.#secondsOf(run, flops) ?? 0;
      const left = place < this.#workers ? Math.max(0, expected - (now - since)) : expected;
      workers[workers.indexOf(Math.min(...workers))] += left;
    }
    return Math.min(...workers);
  }

  #secondsOf({ cell: { name, trainer } }: PlannedRun, flops: number): number | undefined {
    const pace = this.#cells.secondsPerFlop(name) ?? this.#trained.secondsPerFlop(trainer) ??
      this.#known.secondsPerFlop(trainer);
    return pace === undefined ? undefined : pace * flops;
  }
}

/**
 * A run's work, without the steps that it shares with the run before it: of those that are trained
 * together, this has most in common with it.
 */
function ownFlops(run: PlannedRun, before: PlannedRun | undefined): number {
  if (!before) return run.flops;
  return Math.max(0, workOf([before, run]).flops - before.flops);
}
