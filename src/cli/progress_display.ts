import { AwakeClock } from "../awake_clock.ts";
import { Progress, type Snapshot } from "../sweep/progress.ts";
import type { Stage, SweepEvent, TaskCounts } from "../sweep/sweep_events.ts";
import { consoleColumns, printAside, write } from "./output.ts";
import { progressBar, progressLine } from "./progress_line.ts";

const REDRAW_MILLISECONDS = 200;
const LINE_MILLISECONDS = 5000;
const ERASE_LINE = "\r\x1b[K";

export interface DisplayOptions {
  /** True: only problems are shown. */
  readonly quiet: boolean;
  /** False: which cell is best so far is not of interest. */
  readonly showsBest?: boolean;
}

/** A stage whose runs are being trained. */
interface CurrentStage {
  readonly stage: Stage;
  readonly progress: Progress;
  /** When it began, in milliseconds of the display's clock. */
  readonly began: number;
  tasks?: TaskCounts;
}

/**
 * Shows on standard error what happens in a sweep: messages, and progress, which is one line that is
 * drawn anew on a terminal, and a line now and then elsewhere.
 */
export class ProgressDisplay {
  readonly #isQuiet: boolean;
  readonly #onTerminal: boolean;
  readonly #showsBest: boolean;
  readonly #timer?: ReturnType<typeof setInterval>;
  // Time in which the process is suspended says nothing about its pace.
  readonly #clock = new AwakeClock();
  #current?: CurrentStage;
  #drawn = "";

  constructor({ quiet, showsBest = true }: DisplayOptions) {
    this.#isQuiet = quiet;
    this.#onTerminal = !quiet && Deno.stderr.isTerminal();
    this.#showsBest = showsBest;
    if (quiet) return;
    this.#timer = this.#onTerminal
      ? setInterval(() => this.#draw(), REDRAW_MILLISECONDS)
      : setInterval(() => this.#printLine(), LINE_MILLISECONDS);
  }

  show(event: SweepEvent): void {
    switch (event.kind) {
      case "stage_began": {
        const { stage, runs, metric } = event;
        this.#current = {
          stage,
          progress: new Progress(metric, runs),
          began: this.#clock.milliseconds,
        };
        break;
      }
      case "known":
      case "trained":
      case "failed":
        this.#current?.progress.add(event);
        break;
      case "stage_ended":
        this.#erase();
        this.#current = undefined;
        break;
      case "tasks":
        if (this.#current) this.#current.tasks = event.counts;
        break;
      case "message":
        this.print(event.text);
        break;
      case "run_message":
        if (!this.#isQuiet) this.print(event.text);
    }
  }

  /** Prints a message above the line. */
  print(message: string): void {
    this.#erase();
    printAside(message);
    if (this.#onTerminal) this.#draw();
  }

  /** Erases the line and draws no other. */
  close(): void {
    clearInterval(this.#timer);
    this.#clock[Symbol.dispose]();
    this.#erase();
  }

  #snapshot(): Snapshot | undefined {
    if (!this.#current) return undefined;
    const { stage, progress, began, tasks } = this.#current;
    const seconds = (this.#clock.milliseconds - began) / 1000;
    const snapshot = { ...progress.snapshot(seconds), noun: nounOf(stage), tasks };
    const showsBest = this.#showsBest && stage.kind !== "scores";
    return showsBest ? snapshot : { ...snapshot, best: undefined };
  }

  #printLine(): void {
    const snapshot = this.#snapshot();
    if (snapshot) printAside(progressLine(snapshot));
  }

  #draw(): void {
    const snapshot = this.#snapshot();
    if (!snapshot) return;
    // The last column stays free: some terminals wrap when it is written to.
    const line = progressBar(snapshot, consoleColumns() - 1);
    if (line === this.#drawn) return;
    // In one write, and erasing behind the text only, so that nothing flickers.
    write(Deno.stderr, `\r${Deno.noColor ? line : coloured(line)}\x1b[K`);
    this.#drawn = line;
  }

  #erase(): void {
    if (this.#drawn !== "") write(Deno.stderr, ERASE_LINE);
    this.#drawn = "";
  }
}

/** What a stage's runs are called, in the singular. */
function nounOf(stage: Stage): string {
  if (stage.kind === "scores") return "test score";
  return stage.kind === "rung" ? `${stage.step}-step run` : "run";
}

/** Colours what is done green, and dims the rest. */
function coloured(line: string): string {
  return line.replace(/█+/, "\x1b[32m$&\x1b[39m").replace(/░+/, "\x1b[2m$&\x1b[22m");
}
