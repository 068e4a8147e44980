import { textWidth } from "./text_width.ts";

/** Breaks a text into lines of at most `width` columns, where no word is wider. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`) <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else lines.push(word);
  }
  return lines;
}

/** Breaks the lines of a text like `wrap()`, but for those that are indented. */
export function wrapLines(text: string, width: number): string[] {
  return text.split("\n").flatMap((line) => /^\s/.test(line) ? [line] : wrap(line, width));
}
