import { oneLine } from "../one_line.ts";
import { printable } from "./output.ts";
import { cutToWidth, textWidth } from "./text_width.ts";

/** A terminal that lines are drawn on. */
export interface Screen {
  readonly write: (text: string) => void;
  /** Its size now. */
  readonly size: () => { readonly columns: number; readonly rows: number };
}

/**
 * Lines at the end of a terminal's text that are drawn over again and again.
 *
 * The cursor stays behind the last one. Where the terminal has become narrower meanwhile, lines that
 * do not fit have been wrapped: they take more rows now, which are all drawn over.
 */
export class LiveLines {
  readonly #screen: Screen;
  /** How wide each of the lines is that are there. */
  #widths: readonly number[] = [];
  #drawn = "";

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /**
   * Draws lines over those that are there. They are cut to the terminal's size.
   *
   * @param style Colours a line that is cut to its width; must not change its width.
   */
  draw(lines: readonly string[], style: (line: string, place: number) => string = (line) => line) {
    const { columns, rows } = this.#screen.size();
    // The last column stays free: some terminals wrap when it is written to.
    const cut = lines.slice(0, Math.max(1, rows - 1))
      .map((line) => cutToWidth(printable(oneLine(line)), columns - 1));
    const text = cut.map((line, place) => `${style(line, place)}\x1b[K`).join("\n");
    const up = this.#up(columns);
    if (text === this.#drawn && up === this.#widths.length - 1) return;
    // In one write, and erasing behind the text only, so that nothing flickers.
    this.#screen.write(`${toStart(up)}${text}\x1b[J`);
    this.#drawn = text;
    this.#widths = cut.map(textWidth);
  }

  /** Erases the lines: what is printed next takes their place. */
  erase(): void {
    if (this.#widths.length === 0) return;
    this.#screen.write(`${toStart(this.#up(this.#screen.size().columns))}\x1b[J`);
    this.#drawn = "";
    this.#widths = [];
  }

  /** How many rows the cursor is below the first one. */
  #up(columns: number): number {
    const rows = this.#widths.map((width) => Math.max(1, Math.ceil(width / columns)));
    return Math.max(0, rows.reduce((sum, next) => sum + next, 0) - 1);
  }
}

/** Moves the cursor to the start of a row so many above. */
function toStart(up: number): string {
  return up > 0 ? `\r\x1b[${up}A` : "\r";
}
