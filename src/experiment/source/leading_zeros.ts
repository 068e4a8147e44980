/** A leading zero makes a number octal in other languages, and in YAML 1.1: `010` was 8. */
const LEADING_ZEROS = /^([-+]?)0+(\d+(?:\.\d*)?(?:e[-+]?\d+)?)$/i;

/** Why numbers with leading zeros are refused. */
export const NO_LEADING_ZERO = "a number must not have leading zeros";

/** The number that a text is without its leading zeros; undefined if it has none. */
export function withoutLeadingZeros(text: string): string | undefined {
  const [, sign, rest] = LEADING_ZEROS.exec(text) ?? [];
  return rest === undefined ? undefined : sign + rest;
}
