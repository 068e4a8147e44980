import type { Snapshot } from "../sweep/progress.ts";
import { consoleColumns, printAside, write } from "./output.ts";
import { progressBar, progressLine } from "./progress_line.ts";

const REDRAW_MILLISECONDS = 200;
const LINE_MILLISECONDS = 5000;
const ERASE_LINE = "\r\x1b[K";

/**
 * Shows a sweep's progress on standard error: one line that is drawn anew on a terminal, a line now
 * and then elsewhere, nothing if it is to be quiet.
 */
export class ProgressDisplay {
  readonly #snapshot: () => Snapshot;
  readonly #onTerminal: boolean;
  readonly #timer?: ReturnType<typeof setInterval>;
  #drawn = "";

  constructor(snapshot: () => Snapshot, { quiet }: { quiet: boolean }) {
    this.#snapshot = snapshot;
    this.#onTerminal = !quiet && Deno.stderr.isTerminal();
    if (quiet) return;
    this.#timer = this.#onTerminal
      ? setInterval(() => this.#draw(), REDRAW_MILLISECONDS)
      : setInterval(() => printAside(progressLine(this.#snapshot())), LINE_MILLISECONDS);
  }

  /** Prints a message above the line. */
  print(message: string): void {
    this.#erase();
    printAside(message);
    if (this.#onTerminal) this.#draw();
  }

  /** Erases the line for good. */
  close(): void {
    clearInterval(this.#timer);
    this.#erase();
  }

  #draw(): void {
    // The last column stays free: some terminals wrap when it is written to.
    const line = progressBar(this.#snapshot(), consoleColumns() - 1);
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

/** Green for what is done, dim for what is not. */
function coloured(line: string): string {
  return line.replace(/█+/, "\x1b[32m$&\x1b[39m").replace(/░+/, "\x1b[2m$&\x1b[22m");
}
