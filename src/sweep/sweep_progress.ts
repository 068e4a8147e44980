import type { Cell } from "../experiment/experiment.ts";
import type { TrainerName } from "../trainers/trainer.ts";
import { Paces } from "./pace.ts";
import type { PlannedRun } from "./planned_run.ts";
import { Progress } from "./progress.ts";
import { workShares } from "./stages/share_steps.ts";
import type { RunEvent, Stage, StageAhead, SweepEvent, TaskCounts, Work } from "./sweep_events.ts";
import { writingSeconds } from "./writing_seconds.ts";

/** Of more cells, it takes too long to find which steps they share. */
const MOST_SHARING = 500;
/** So much time is left at least, until everything is done. */
const LEAST_SECONDS = 1;
/** If a smaller share of the work that is left is certain, the time left is the most that it can be. */
const CERTAIN = 0.9;

/** How far a sweep is at one moment, over all of its stages. */
export interface Snapshot {
  /** The stage that is under way; absent while results are written. */
  readonly stage?: Stage;
  /** Runs of all stages that train; those of known cells and seeds included. */
  readonly total: number;
  /** True if there may be fewer: cells that are decided early get no more seeds. */
  readonly isTotalAtMost: boolean;
  /** Runs with an outcome, known ones included. */
  readonly done: number;
  readonly failed: number;
  /** Present while runs are scored on the test rows. */
  readonly scores?: { readonly total: number; readonly done: number };
  /** What is done of all runs and scores, from 0 to 1; never less than it was. */
  readonly share: number;
  /** Runs trained per second; absent until one is. */
  readonly rate?: number;
  /** The time until everything is done; absent until a run shows how long one takes. */
  readonly secondsLeft?: number;
  /** `most`: it may be done sooner; `least`: no run shows how long some of the others take. */
  readonly bound?: "most" | "least";
  /** Present where a cluster trains. */
  readonly tasks?: TaskCounts;
}

export interface ProgressOptions {
  /** How many runs are trained at once; not given where that is not known. */
  readonly workers?: number;
  /** The time from now on after which no run begins. */
  readonly budgetSeconds?: number;
}

/** A stage whose runs are being trained. */
interface CurrentStage {
  readonly stage: Stage;
  readonly runs: readonly PlannedRun[];
  readonly progress: Progress;
  readonly work?: Work;
  readonly ahead: readonly StageAhead[];
  /** By the cells' indexes. */
  readonly left: Map<number, CellLeft>;
}

/** What is left of a cell. */
interface CellLeft {
  readonly cell: Cell;
  /** Operations of its runs that have not ended. */
  flops: number;
  /** The share of its operations that a run takes by itself; 1 until a run is trained. */
  share: number;
}

/**
 * Follows a sweep by its events, and estimates how long all of its stages still take.
 *
 * Runs are expected to take as long for their operations as others of their cell have taken, or of
 * their trainer, and steps that several runs share are counted once. How many runs are trained at once
 * follows from how much has been done in how much time.
 */
export class SweepProgress {
  readonly #options: ProgressOptions;
  #current?: CurrentStage;
  #isWriting = false;
  #tasks?: TaskCounts;
  /** Of the stages that have ended. */
  #before = { total: 0, done: 0, failed: 0 };
  #scored = 0;
  #share = 0;
  #trained = 0;
  readonly #cells = new Paces();
  readonly #trainers = new Paces<TrainerName>();
  readonly #known = new Paces<TrainerName>();
  /** The step before which the states are that runs of the stage can go on from. */
  #from = 0;
  /** When training began, in seconds, and when the last run ended. */
  #began = 0;
  #lastEnd = 0;
  /** Seconds that workers have trained, each by itself; of them, the longest run took so many. */
  #doneSeconds = 0;
  #longest = 0;
  /** How many runs are trained at once. */
  #atOnce = 0;

  constructor(options: ProgressOptions = {}) {
    this.#options = options;
  }

  /** @param now In seconds, of a clock that was at 0 when the sweep began. */
  add(event: SweepEvent, now: number): void {
    switch (event.kind) {
      case "stage_began":
        this.#begin(event, now);
        break;
      case "known":
      case "trained":
      case "failed":
        this.#end(event, now);
        break;
      case "stage_ended":
        this.#endStage();
        break;
      case "tasks":
        this.#tasks = event.counts;
        break;
      case "written":
        this.#isWriting = false;
    }
  }

  /** Undefined where there is nothing to wait for. */
  snapshot(now: number): Snapshot | undefined {
    const { failed } = this.#before;
    if (!this.#current) {
      if (!this.#isWriting) return undefined;
      const { total, done } = this.#before;
      return { total, isTotalAtMost: false, done, failed, share: 1, ...this.#left(now, total) };
    }
    const { stage, progress, ahead } = this.#current;
    const isScoring = stage.kind === "scores";
    const training = ahead.filter(({ kind }) => kind !== "scores");
    const sum = (stages: readonly StageAhead[]) => stages.reduce((sum, { runs }) => sum + runs, 0);
    const [own, ownDone, ownFailed] = isScoring
      ? [0, 0, 0]
      : [progress.total, progress.done, progress.failed];
    const total = this.#before.total + own + sum(training);
    const done = this.#before.done + ownDone;
    const scores = isScoring ? { total: progress.total, done: progress.done } : undefined;
    const all = this.#before.total + this.#scored + progress.total + sum(ahead);
    const allDone = this.#before.done + this.#scored + progress.done;
    this.#share = Math.max(this.#share, all > 0 ? allDone / all : 1);
    const rate = this.#trained > 0 && now > this.#began
      ? this.#trained / (now - this.#began)
      : undefined;
    return {
      ...{ stage, total, isTotalAtMost: training.some(({ isAtMost }) => isAtMost), done },
      failed: failed + ownFailed,
      ...scores && { scores },
      share: this.#share,
      ...rate !== undefined && { rate },
      ...this.#left(now, total),
      ...this.#tasks && { tasks: this.#tasks },
    };
  }

  #begin(
    { stage, runs, work, ahead }: SweepEvent & { kind: "stage_began" },
    now: number,
  ): void {
    const left = new Map<number, CellLeft>();
    for (const { cell, flops } of runs) {
      const own = left.get(cell.index);
      if (own) own.flops += flops;
      else left.set(cell.index, { cell, flops, share: 1 });
    }
    this.#current = { stage, runs, progress: new Progress(runs.length), work, ahead, left };
    if (this.#trained === 0) this.#began = now;
  }

  #end(event: RunEvent, now: number): void {
    const current = this.#current;
    if (!current) return;
    const { stage, progress } = current;
    const { cell, flops } = event.run;
    const left = current.left.get(cell.index) ?? { flops: 0, share: 1 };
    progress.add(event);
    if (stage.kind === "scores") {
      this.#lastEnd = now;
      if (event.kind === "trained") this.#doneSeconds += event.result.trainSeconds;
      return;
    }
    if (event.kind === "known") {
      this.#known.add(cell.trainer, flops, event.result.trainSeconds);
      // Records take little time to read.
      if (this.#trained === 0) this.#began = now;
    } else {
      // What is known has been counted by now.
      if (progress.trained + progress.failed === 1) findShares(current, this.#from);
      this.#trained++;
      if (event.kind === "trained") {
        const { trainSeconds } = event.result;
        this.#doneSeconds += left.share * trainSeconds;
        this.#longest = Math.max(this.#longest, trainSeconds);
        this.#cells.add(cell.name, flops, trainSeconds);
        this.#trainers.add(cell.trainer, flops, trainSeconds);
      }
      this.#lastEnd = now;
      this.#countAtOnce(now);
    }
    left.flops = Math.max(0, left.flops - flops);
  }

  #endStage(): void {
    if (!this.#current) return;
    const { stage, progress: { total, done, failed } } = this.#current;
    if (stage.kind === "scores") {
      this.#scored += total;
      this.#isWriting = true;
    } else {
      this.#before.total += total;
      this.#before.done += done;
      this.#before.failed += failed;
    }
    if (stage.kind === "rung") this.#from = stage.step;
    this.#current = undefined;
    this.#tasks = undefined;
  }

  /** The time until everything is done, the report of so many runs included. */
  #left(now: number, total: number): Pick<Snapshot, "secondsLeft" | "bound"> {
    const writing = writingSeconds(total);
    if (!this.#current) {
      const left = this.#lastEnd + writing - now;
      return this.#trained > 0 ? { secondsLeft: Math.max(LEAST_SECONDS, left) } : {};
    }
    const { certain, possible, isKnown } = this.#secondsLeft(this.#current);
    if (this.#trained === 0 && !isKnown) return {};
    const whole = this.#wallSeconds(certain + possible, now);
    if (whole === undefined) return {};
    const { budgetSeconds = Infinity } = this.#options;
    const untilSpent = Math.max(0, budgetSeconds - now);
    const training = Math.max(0, Math.min(whole, untilSpent));
    const secondsLeft = Math.max(LEAST_SECONDS, training + writing);
    const isMost = untilSpent < whole || certain < CERTAIN * (certain + possible);
    const bound = isMost ? "most" : isKnown ? undefined : "least";
    return { secondsLeft, ...bound && { bound } };
  }

  /** What workers still have to do, each by itself: in any case, and at most besides. */
  #secondsLeft({ stage, progress, work, ahead, left }: CurrentStage) {
    let [certain, possible, isKnown] = [0, 0, true];
    const secondsOf = (work: Work) => {
      let seconds = 0;
      for (const [trainer, flops] of work) {
        const pace = this.#paceOf(trainer);
        if (flops > 0 && pace === undefined) isKnown = false;
        seconds += flops * (pace ?? 0);
      }
      return seconds;
    };
    if (stage.kind === "scores") {
      certain += secondsOf(work ?? new Map()) * (1 - progress.done / Math.max(1, progress.total));
    } else {
      for (const { cell, flops, share } of left.values()) {
        const pace = this.#cells.secondsPerFlop(cell.name) ?? this.#paceOf(cell.trainer);
        if (flops > 0 && pace === undefined) isKnown = false;
        certain += flops * share * (pace ?? 0);
      }
    }
    for (const { work, isAtMost } of ahead) {
      const seconds = secondsOf(work);
      if (isAtMost) possible += seconds;
      else certain += seconds;
    }
    return { certain, possible, isKnown };
  }

  #paceOf(trainer: TrainerName): number | undefined {
    return this.#trainers.secondsPerFlop(trainer) ?? this.#known.secondsPerFlop(trainer);
  }

  /**
   * How many runs are trained at once, as far as runs that have ended show it: those that had begun by
   * then were halfway on average, but the first ones of all workers end at about the same time.
   */
  #countAtOnce(now: number): void {
    const { workers = Infinity } = this.#options;
    const mean = this.#doneSeconds / this.#trained;
    const others = workers === Infinity ? 0 : workers - 1;
    const begun = Math.max(others / 2, Math.min(others, workers - this.#trained));
    const seconds = Math.max(Number.EPSILON, now - this.#began);
    const atOnce = Math.min(workers, (this.#doneSeconds + begun * mean) / seconds);
    // Long runs do not show before they end, so the highest figure is the nearest.
    this.#atOnce = workers === Infinity ? atOnce : Math.max(this.#atOnce, atOnce);
  }

  /** The time that takes workers so many seconds, each by itself. */
  #wallSeconds(left: number, now: number): number | undefined {
    const { workers = Infinity } = this.#options;
    const seconds = now - this.#began;
    if (this.#trained === 0) return workers < Infinity ? left / workers - seconds : undefined;
    if (!(this.#atOnce > 0)) return undefined;
    const whole = (this.#doneSeconds + left) / this.#atOnce;
    // If no run ends for longer than any has taken, it is slower than it was.
    const late = now - this.#lastEnd - this.#longest;
    return late > 0 ? whole * seconds / (seconds - late) - seconds : whole - seconds;
  }
}

/**
 * Finds which share of its operations each cell's runs take: steps that they share with others are
 * divided among them, and those of the stage before are left out. The last replicate stands for the
 * others, since least of it is known.
 */
function findShares({ runs, left }: CurrentStage, from: number): void {
  const last = runs.reduce((most, { replicate }) => Math.max(most, replicate), 0);
  const typical = runs.filter(({ replicate, flops, cell }) =>
    replicate === last && flops > 0 && (left.get(cell.index)?.flops ?? 0) > 0
  );
  if (typical.length > MOST_SHARING) return;
  const shares = workShares(typical, ({ mostSteps = 0 }) => Math.min(from, mostSteps));
  typical.forEach(({ cell, flops }, place) => {
    const own = left.get(cell.index);
    if (own) own.share = shares[place] / flops;
  });
}
