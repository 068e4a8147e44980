/**
 * A document as JSON, in one line unless lines are to be indented. NaN and the infinities are null,
 * and characters that would reach a terminal, or the order in which it shows others, are escaped.
 */
export function jsonText(document: object, indent?: number): string {
  return JSON.stringify(document, null, indent).replace(
    /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
