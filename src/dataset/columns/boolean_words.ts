/** Pairs of words, in small letters: for false and for true. */
const PAIRS = [["false", "true"], ["no", "yes"], ["f", "t"], ["n", "y"]] as const;

/**
 * Whether some texts are the two words of a boolean column, in any case: `true` and `false`, `yes` and
 * `no`, or their first letters. One of them alone says nothing.
 */
export function areBooleans(texts: readonly string[]): boolean {
  const words = new Set(texts.map((text) => text.toLowerCase()));
  return words.size === 2 && PAIRS.some((pair) => pair.every((word) => words.has(word)));
}

/** 1 or 0 for a word of a boolean column; NaN for any other text. */
export function booleanOf(text: string): number {
  const word = text.toLowerCase();
  for (const [no, yes] of PAIRS) {
    if (word === yes) return 1;
    if (word === no) return 0;
  }
  return NaN;
}
