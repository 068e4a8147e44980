/** Where a name may be broken: between values of a cell's name, between effects, then at spaces. */
const PARTS = /(?<= [+×]) |(?<=,) | (?=[a-z0-9_]+=)/;

/**
 * A name in lines of at most `most` characters, so that nothing of it is cut off. Lines end between
 * `key=value` pairs where they can, otherwise between words, and inside words only if they must.
 */
export function wrapLabel(name: string, most: number): string[] {
  return pack(name.split(PARTS).flatMap((part) => fit(part, most)), most);
}

function fit(part: string, most: number): string[] {
  if (part.length <= most) return [part];
  return pack(part.split(" ").flatMap((word) => breakUp(word, most)), most);
}

/** Ends a line after `key=` rather than inside a value. */
function breakUp(word: string, most: number): string[] {
  if (word.length <= most) return [word];
  const [, key, value] = word.match(/^([^=]+=)(.+)$/s) ?? [];
  const pieces = key ? [key, value] : [word];
  return pieces.flatMap((piece) => chunks(piece, most));
}

/** Puts as many pieces in a line as there is room for. */
function pack(pieces: readonly string[], most: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + piece.length <= most) {
      lines[lines.length - 1] = `${last} ${piece}`;
    } else lines.push(piece);
  }
  return lines;
}

function chunks(word: string, most: number): string[] {
  const characters = [...word];
  const count = Math.max(1, Math.ceil(characters.length / most));
  return Array.from(
    { length: count },
    (_, index) => characters.slice(index * most, (index + 1) * most).join(""),
  );
}
