const UNITS: ReadonlyMap<string, number> = new Map(
  ["k", "m", "g", "t"].flatMap((letter, index) => [
    [`${letter}b`, 1000 ** (index + 1)],
    [`${letter}ib`, 1024 ** (index + 1)],
  ]),
);

/**
 * Reads a number of bytes with its unit, decimal or binary: `500MB`, `1.5 GiB`, `0`. Case does not
 * matter.
 *
 * @returns The reason if the text is not one.
 */
export function readByteCount(text: string): number | string {
  const [, digits, unit = ""] = text.match(/^(\d+(?:\.\d+)?) ?([a-z]*)$/i) ?? [];
  const what = "it must be a number of bytes with its unit, such as 500MB or 2GiB, or 0";
  if (digits === undefined) return what;
  const number = Number(digits);
  if (unit === "") {
    return number === 0 ? 0 : `${what}; did you mean ${digits}MB or ${digits}GB?`;
  }
  const factor = UNITS.get(unit.toLowerCase());
  if (factor === undefined) {
    const letter = unit.charAt(0).toUpperCase();
    const isShort = /^[kmgt]$/i.test(unit);
    return isShort ? `${what}; did you mean ${digits}${letter}B or ${digits}${letter}iB?` : what;
  }
  const bytes = Math.floor(number * factor);
  return Number.isSafeInteger(bytes) ? bytes : "no disk has so many bytes";
}
