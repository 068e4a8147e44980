import { callText } from "../../called_as.ts";
import { join } from "node:path";
import { FileClaim } from "../../files/file_claim.ts";
import { makeResultFolder } from "../../files/make_result_folder.ts";
import { systemReason } from "../../files/system_reason.ts";
import type { SweepInput } from "../../report/report_input.ts";
import type { ManifestUnfinished } from "../../results/manifest.ts";
import { stopwatch } from "../../stopwatch.ts";
import { UserError } from "../../user_error.ts";
import { indexSweeps } from "../index_sweeps.ts";
import type { PartialResults, SoFar } from "./so_far.ts";
import { leaveLink, LIVE_CLAIM, removeUnfinished, unfinishedFolder } from "./unfinished_folder.ts";
import { type PaceOptions, WritingPace } from "./writing_pace.ts";

const LOOK_MILLISECONDS = 500;
/** Whoever interrupts a sweep does not want to wait. */
const LAST_SECONDS = 10;

/** Why results are unfinished, without what follows from them. */
export type Circumstances = Omit<ManifestUnfinished, "planned" | "rung" | "unscored">;

/** Writes results into a folder; resolves to undefined if complete ones are there. */
export type WritePartial = (
  results: PartialResults,
  circumstances: Circumstances,
  options: { readonly folder: string; readonly signal: AbortSignal },
) => Promise<SweepInput | undefined>;

export interface LiveReportOptions {
  /** The folder that holds every sweep's folder. */
  readonly reports: string;
  /** The folder of the sweep's results. */
  readonly folder: string;
  readonly soFar: SoFar;
  /** How many runs the sweep has. */
  readonly runs: number;
  /** Gives the seconds since the sweep began. */
  readonly elapsed: () => number;
  /** Gives how much longer the sweep is expected to take, if anything tells. */
  readonly secondsLeft: () => number | undefined;
  readonly write: WritePartial;
  /** Called with what a user has to know, in words. */
  readonly onProblem: (message: string) => void;
  readonly pace?: PaceOptions;
}

/** Unfinished results that were written. */
export interface WrittenPartial {
  readonly folder: string;
  readonly results: SweepInput;
}

/**
 * The report of a sweep that is not complete: written while it runs, from the first replicate that all
 * cells have on, and when it is cut short.
 *
 * Of several processes that sweep the same experiment at once, one writes, and another takes over when
 * it ends. What goes wrong is a message, and not the end of the sweep.
 */
export class LiveReport implements Disposable {
  readonly #options: LiveReportOptions;
  readonly #pace: WritingPace;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #stop = new AbortController();
  /** The writing that goes on, and what ends it. */
  #writing: Promise<void> | undefined;
  #cut = new AbortController();
  /** How many runs had ended at the last one. */
  #ended = 0;
  #target: string | undefined;
  #claim: FileClaim | undefined;
  #hasWritten = false;
  #hasFailed = false;

  /** Begins to watch. */
  constructor(options: LiveReportOptions) {
    this.#options = options;
    this.#pace = new WritingPace(options.runs, options.pace);
    this.#timer = setInterval(() => this.#look(), LOOK_MILLISECONDS);
  }

  /** Writes nothing more by itself; resolves when nothing is being written. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop.abort();
    await this.#writing;
  }

  /**
   * Writes what there is, after `stop()`.
   *
   * @returns Undefined if no run has ended.
   * @throws As `write`.
   */
  async write(
    circumstances: Circumstances,
    signal: AbortSignal,
  ): Promise<WrittenPartial | undefined> {
    const { soFar: { results }, write, reports } = this.#options;
    if (results.outcomes.length === 0) return undefined;
    const folder = await this.#folder();
    const written = await write(results, circumstances, { folder, signal });
    if (!written) return undefined;
    this.#hasWritten = true;
    await indexSweeps(reports, { signal, onProblem: (text) => this.#reportOnce(text) });
    return { folder, results: written };
  }

  /** Writes what there is when the sweep ends before its time; gives the folder if it does. */
  async writeLast(why: "interrupted" | "failed"): Promise<string | undefined> {
    const { onProblem, pace: { lastSeconds = LAST_SECONDS } = {} } = this.#options;
    await this.stop();
    // Another process does.
    if (!this.#hasClaim()) return undefined;
    const limit = why === "interrupted"
      ? AbortSignal.timeout(1000 * lastSeconds)
      : new AbortController().signal;
    try {
      return (await this.write({ why }, limit))?.folder;
    } catch (error) {
      const isSlow = limit.aborted && error === limit.reason;
      onProblem(
        isSlow
          ? `No report is written, since it takes more than ${lastSeconds} s: ` +
            `${callText(["report", "FILE.yaml"])} writes one`
          : reasonOf(error),
      );
      return undefined;
    }
  }

  /** Ends the writing that goes on and removes its files, which may have filled the disk. */
  async makeRoom(): Promise<void> {
    this.#cut.abort();
    await this.#writing;
  }

  /** True if it has written anything. */
  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  /** Makes room for complete results, which have been written. */
  async replace(): Promise<void> {
    const { folder } = this.#options;
    // A process that was killed may have left the claim's file.
    this.#hasClaim();
    await removeUnfinished(folder);
    const wasBeside = this.#target !== undefined && this.#target !== folder;
    try {
      if (wasBeside) await leaveLink(folder);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#options.onProblem(error.message);
    }
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#stop.abort();
    this.#claim?.release();
  }

  /** Writes what there is if it is time. */
  #look(): void {
    const { soFar, elapsed, ...options } = this.#options;
    const { known, trained, failed } = soFar.counts;
    const ended = known + trained + failed;
    const secondsLeft = options.secondsLeft();
    const news = { hasNews: ended !== this.#ended, secondsLeft };
    if (this.#writing || !this.#pace.isDue(elapsed(), news)) return;
    if (!soFar.hasReplicate || !this.#hasClaim()) return;
    this.#ended = ended;
    this.#writing = this.#writeNow(secondsLeft).finally(() => this.#writing = undefined);
  }

  async #writeNow(secondsLeft: number | undefined): Promise<void> {
    const { elapsed } = this.#options;
    const seconds = stopwatch();
    this.#cut = new AbortController();
    const signal = AbortSignal.any([this.#stop.signal, this.#cut.signal]);
    try {
      const circumstances = {
        why: "running" as const,
        written: new Date().toISOString(),
        ...secondsLeft !== undefined && { secondsLeft: Math.round(secondsLeft) },
        againSeconds: this.#pace.againSeconds,
      };
      await this.write(circumstances, signal);
    } catch (error) {
      if (!signal.aborted) {
        this.#reportOnce(`${reasonOf(error)}; the sweep goes on without a report`);
      }
    }
    this.#pace.add(seconds(), elapsed());
  }

  #reportOnce(problem: string): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#options.onProblem(problem);
  }

  /** Whether no other process writes what there is. */
  #hasClaim(): boolean {
    this.#claim ??= FileClaim.take(join(this.#options.folder, LIVE_CLAIM));
    return this.#claim !== undefined;
  }

  /** Where unfinished results go; says so if that is not where complete ones will be. */
  async #folder(): Promise<string> {
    if (this.#target !== undefined) return this.#target;
    const { folder, onProblem } = this.#options;
    this.#target = await unfinishedFolder(folder);
    if (this.#target !== folder) {
      await makeResultFolder(this.#target, folder);
      onProblem(
        `The complete results in ${folder} stay until this sweep is complete; ` +
          `${join(this.#target, "report.html")} shows what there is`,
      );
    }
    return this.#target;
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  return systemReason(error) ?? (error instanceof Error ? error.message : String(error));
}
