/** A name that needs no quotes: words, numbers and signs that mean nothing between the braces. */
const PLAIN = /^[\p{L}\p{N}_.+-]+( [\p{L}\p{N}_.+-]+)*$/u;
const ENTRY = /\s*(?:("(?:[^"\\]|\\.)*")|([^\s",:{}][^",:{}]*))\s*:\s*([^\s,:{}"]+)\s*(,|$)/uy;

/**
 * The canonical text of a mapping from names to numbers: `{ham: 1, spam: 5}`. Names are sorted by
 * code unit, and quoted as in JSON where they have other signs than letters, digits, `_ . + -` and
 * single spaces.
 */
export function formatMapping(mapping: Readonly<Record<string, number>>): string {
  const entries = Object.entries(mapping).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([name, value]) => `${PLAIN.test(name) ? name : JSON.stringify(name)}: ${value}`);
  return `{${entries.join(", ")}}`;
}

/** The mapping that a text such as `{ham: 1, spam: 5}` stands for; undefined if it is none. */
export function parseMapping(text: string): ReadonlyMap<string, number> | undefined {
  if (!/^\{.*\}$/su.test(text)) return undefined;
  const inner = text.slice(1, -1);
  const mapping = new Map<string, number>();
  ENTRY.lastIndex = 0;
  while (ENTRY.lastIndex < inner.length) {
    const match = ENTRY.exec(inner);
    const [, quoted, plain, value] = match ?? [];
    const name = quoted === undefined ? plain?.trimEnd() : unquoted(quoted);
    if (name === undefined || mapping.has(name) || !Number.isFinite(Number(value))) {
      return undefined;
    }
    mapping.set(name, Number(value));
  }
  return mapping.size > 0 ? mapping : undefined;
}

function unquoted(text: string): string | undefined {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
