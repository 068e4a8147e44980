import { eastAsianWidth } from "get-east-asian-width";

/** Made when the first text needs it, since that takes milliseconds. */
let graphemes: Intl.Segmenter | undefined;

/** The columns that a text without control characters takes on a terminal. */
export function textWidth(text: string): number {
  return graphemesOf(text).reduce((sum, grapheme) => sum + graphemeWidth(grapheme), 0);
}

/** A text that takes at most `width` columns: what is cut off is replaced by `…`. */
export function cutToWidth(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let [cut, used] = ["", 0];
  for (const grapheme of graphemesOf(text)) {
    used += graphemeWidth(grapheme);
    if (used > width - 1) break;
    cut += grapheme;
  }
  return width < 1 ? "" : `${cut}…`;
}

/** A text that takes `width` columns, with spaces behind it, or before it if `isRight`. */
export function padToWidth(text: string, width: number, { isRight = false } = {}): string {
  const spaces = " ".repeat(Math.max(0, width - textWidth(text)));
  return isRight ? spaces + text : text + spaces;
}

function graphemesOf(text: string): string[] {
  // Most texts are plain.
  if (/^[\x20-\x7e]*$/.test(text)) return [...text];
  graphemes ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

function graphemeWidth(grapheme: string): number {
  if (/^[\p{M}\p{Cf}]+$/u.test(grapheme)) return 0;
  // A sign that is followed by this one is shown as a picture.
  if (grapheme.includes("\ufe0f")) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0, { ambiguousAsWide: false });
}
