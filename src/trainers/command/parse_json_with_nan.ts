/** Texts, which are skipped, and the words that Python's json writes for what JSON lacks. */
const TEXT_OR_WORD = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN/g;
/** Stands for such a word; no text that a program writes begins with it by chance. */
const MARK = "\u0000regsweep:";

/**
 * Parses JSON in which a value may also be `NaN`, `Infinity` or `-Infinity`, as Python's json module
 * writes them. Undefined if it is something else.
 */
export function parseJsonWithNan(text: string): unknown {
  const plain = parse(text);
  if (plain !== undefined || !/Infinity|NaN/.test(text)) return plain;
  const marked = text.replace(
    TEXT_OR_WORD,
    (found) => found.startsWith('"') ? found : JSON.stringify(MARK + found),
  );
  return parse(marked, (_, value) => {
    return typeof value === "string" && value.startsWith(MARK)
      ? Number(value.slice(MARK.length))
      : value;
  });
}

function parse(
  text: string,
  reviver?: (key: string, value: unknown) => unknown,
): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
