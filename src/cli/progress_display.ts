import { AwakeClock } from "../awake_clock.ts";
import { oneLine } from "../one_line.ts";
import type { SweepEvent } from "../sweep/sweep_events.ts";
import { SweepProgress } from "../sweep/sweep_progress.ts";
import { LiveLines } from "./live_lines.ts";
import { consoleSize, hasColours, printAside, write } from "./output.ts";
import { progressBar, progressLine } from "./progress_line.ts";

const REDRAW_MILLISECONDS = 200;
/** In a log, lines are further apart the longer it takes, between these. */
const [LEAST_SECONDS, MOST_SECONDS] = [5, 60];
const LINE_SHARE = 0.05;

export interface DisplayOptions {
  /** True: only problems are shown. */
  readonly quiet: boolean;
  /** How many runs are trained at once; not given where that is not known. */
  readonly workers?: number;
  /** The time after which no run begins. */
  readonly budgetSeconds?: number;
  /** What is best so far; not given where that is not of interest. */
  readonly best?: BestSoFar;
}

/** Follows which cells are best. */
export interface BestSoFar {
  add(event: SweepEvent): void;
  /** For a terminal; none if nothing is known. */
  lines(seconds: number, width: number): readonly string[];
  /** For a log, now and then. */
  text(seconds: number): string | undefined;
}

/**
 * Shows on standard error what happens in a sweep: messages, and progress, which is a few lines that
 * are drawn anew on a terminal, and a line now and then elsewhere.
 */
export class ProgressDisplay {
  readonly #isQuiet: boolean;
  readonly #lines?: LiveLines;
  readonly #best?: BestSoFar;
  readonly #progress: SweepProgress;
  readonly #timer?: ReturnType<typeof setInterval>;
  // Time in which the process is suspended says nothing about its pace.
  readonly #clock = new AwakeClock();
  #nextLine = LEAST_SECONDS;

  constructor({ quiet, best, ...options }: DisplayOptions) {
    this.#isQuiet = quiet;
    this.#progress = new SweepProgress(options);
    if (quiet) return;
    this.#best = best;
    if (Deno.stderr.isTerminal()) {
      this.#lines = new LiveLines({ write: (text) => write(Deno.stderr, text), size: consoleSize });
      this.#timer = setInterval(() => this.#draw(), REDRAW_MILLISECONDS);
    } else this.#timer = setInterval(() => this.#printLine(), REDRAW_MILLISECONDS);
  }

  show(event: SweepEvent): void {
    if (event.kind === "message") return this.print(event.text);
    if (this.#isQuiet) return;
    if (event.kind === "run_message") return this.print(event.text);
    this.#progress.add(event, this.#seconds);
    this.#best?.add(event);
  }

  /** Prints a message above the lines. */
  print(message: string): void {
    this.#lines?.erase();
    printAside(message);
    this.#draw();
  }

  /** Erases the lines and draws no others. */
  close(): void {
    clearInterval(this.#timer);
    this.#clock[Symbol.dispose]();
    this.#lines?.erase();
  }

  get #seconds(): number {
    return this.#clock.milliseconds / 1000;
  }

  #printLine(): void {
    const seconds = this.#seconds;
    if (seconds < this.#nextLine) return;
    this.#nextLine = seconds +
      Math.min(Math.max(LEAST_SECONDS, seconds * LINE_SHARE), MOST_SECONDS);
    const snapshot = this.#progress.snapshot(seconds);
    if (!snapshot) return;
    printAside(progressLine(snapshot));
    const best = this.#best?.text(seconds);
    if (best !== undefined) printAside(oneLine(best));
  }

  #draw(): void {
    if (!this.#lines) return;
    const seconds = this.#seconds;
    const snapshot = this.#progress.snapshot(seconds);
    // Between two stages, what is there stays.
    if (!snapshot) return;
    const { columns } = consoleSize();
    const best = this.#best?.lines(seconds, columns) ?? [];
    const lines = [progressBar(snapshot, columns - 1), ...best];
    this.#lines.draw(lines, hasColours(Deno.stderr) ? coloured : undefined);
  }
}

/** Colours what is done green, and dims what is not, and what the numbers are compared with. */
function coloured(line: string, place: number): string {
  if (place === 1) return `\x1b[2m${line}\x1b[22m`;
  return line.replace(/█+/, "\x1b[32m$&\x1b[39m").replace(/░+/, "\x1b[2m$&\x1b[22m");
}
