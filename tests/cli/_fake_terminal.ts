import { textWidth } from "../../src/cli/text_width.ts";

/**
 * A terminal that knows what `LiveLines` writes: text, line ends, moves up and erasing. As most
 * terminals do, it wraps lines anew when its width changes.
 */
export class FakeTerminal {
  columns: number;
  rows = 100;
  /** Logical lines: each as wide as it is, whatever the width of the terminal. */
  #lines: string[] = [""];
  /** The line that the cursor is in, and its column. */
  #line = 0;
  #column = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  /** What is shown, row by row, without empty rows at the end. */
  get shown(): string[] {
    const rows = this.#lines.flatMap((line) => this.#rowsOf(line));
    return rows.slice(0, rows.findLastIndex((row) => row !== "") + 1);
  }

  readonly size = (): { columns: number; rows: number } => {
    return { columns: this.columns, rows: this.rows };
  };

  readonly write = (text: string): void => {
    // deno-lint-ignore no-control-regex
    const parts = /\x1b\[\d*[A-Za-z]|\x1b\]8;;[^\x1b]*\x1b\\|[\r\n\x07]|[^\x1b\r\n\x07]+/g;
    for (const [part] of text.matchAll(parts)) this.#take(part);
  };

  #take(part: string): void {
    const code = part.match(/^.\[(\d*)([A-Za-z])$/);
    if (part === "\r") this.#column = this.#startOfRow();
    else if (part === "\n") {
      this.#line++;
      this.#column = 0;
      this.#lines[this.#line] ??= "";
    } else if (code) this.#control(code[2], Number(code[1] || 1));
    else {
      const line = this.#lines[this.#line];
      const before = line.slice(0, this.#column).padEnd(this.#column);
      this.#lines[this.#line] = before + part + line.slice(this.#column + part.length);
      this.#column += part.length;
    }
  }

  #control(kind: string, count: number): void {
    if (kind === "A") { for (let row = 0; row < count; row++) this.#up(); }
    if (kind === "K" || kind === "J") {
      this.#lines[this.#line] = this.#lines[this.#line].slice(0, this.#column);
    }
    if (kind === "J") this.#lines.length = this.#line + 1;
  }

  /** Moves up by a row, which can be one of the same line if that is wrapped. */
  #up(): void {
    if (this.#column >= this.columns) {
      this.#column -= this.columns;
      return;
    }
    if (this.#line === 0) return;
    this.#line--;
    const rows = this.#rowsOf(this.#lines[this.#line]).length;
    this.#column += (rows - 1) * this.columns;
  }

  #startOfRow(): number {
    return Math.floor(this.#column / this.columns) * this.columns;
  }

  #rowsOf(line: string): string[] {
    const rows = [""];
    for (const character of line) {
      if (textWidth(rows[rows.length - 1] + character) > this.columns) rows.push("");
      rows[rows.length - 1] += character;
    }
    return rows;
  }
}
