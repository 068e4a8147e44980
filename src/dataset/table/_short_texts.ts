/** In bytes. Longer texts are decoded each time. */
const LONGEST = 32;
const SLOTS = 2 ** 12;
const FIRST_NOT_ASCII = 0x80;
const ASCII = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Decodes short ASCII texts, and gives the same string for the same bytes as long as no other text
 * takes its place.
 *
 * A TextDecoder takes several times as long for a cell of a few letters, and columns of categories
 * have the same ones over and over.
 */
export class ShortTexts {
  readonly #slots: string[] = new Array(SLOTS).fill("");

  /** The text of `bytes[start, end)`; `undefined` if it is long or not ASCII. */
  text(bytes: Uint8Array, start: number, end: number): string | undefined {
    if (end - start > LONGEST) return undefined;
    let hash = end - start;
    for (let at = start; at < end; at++) {
      const byte = bytes[at];
      if (byte >= FIRST_NOT_ASCII) return undefined;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    const slot = (hash ^ hash >>> 12) & (SLOTS - 1);
    const known = this.#slots[slot];
    if (isSame(known, bytes, start, end)) return known;
    const text = ASCII.decode(bytes.subarray(start, end));
    this.#slots[slot] = text;
    return text;
  }
}

function isSame(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  if (text.length !== end - start) return false;
  for (let at = 0; at < text.length; at++) {
    if (text.charCodeAt(at) !== bytes[start + at]) return false;
  }
  return true;
}
