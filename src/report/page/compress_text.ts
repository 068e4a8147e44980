import { deflateSync, inflateSync } from "fflate";

/**
 * Compresses a text, in characters that can stand anywhere in HTML. It takes the same bytes on every
 * machine, unlike what a runtime's own compression gives.
 */
export function compressText(text: string): string {
  return deflateSync(new TextEncoder().encode(text), { level: 9 }).toBase64();
}

/** The text that `compressText()` made this from. */
export function decompressText(compressed: string): string {
  // Browsers of before 2025 have no Uint8Array.fromBase64().
  const bytes = Uint8Array.from(atob(compressed), (character) => character.charCodeAt(0));
  return new TextDecoder().decode(inflateSync(bytes));
}
