/** `1h30m`: hours, minutes and seconds, each at most once. */
export const DURATION = /^(?=\d)(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$/;

/** What a duration has to be, in words. */
export const DURATION_WORDS = "a duration such as 90s, 30m, 2h or 1h30m";

/** The seconds of a duration such as `90s`, `30m` or `1h30m`; undefined if it is none, or 0. */
export function durationSeconds(text: string): number | undefined {
  const parts = DURATION.exec(text);
  if (!parts) return undefined;
  const [hours, minutes, seconds] = parts.slice(1).map((digits) => Number(digits ?? 0));
  return 3600 * hours + 60 * minutes + seconds || undefined;
}

/** What may have been meant by a text that is no duration: a number in minutes. */
export function durationHint(text: string): string | undefined {
  const number = /^0*([1-9]\d{0,5})(?: ?min)?$/.exec(text)?.[1];
  return number && `did you mean ${number}m?`;
}

/** What an age has to be, in words. */
export const AGE_WORDS = "an age such as 90d, 12h or 30m";

/** The seconds of an age: days, as in `90d`, or a duration; undefined if it is none, or 0. */
export function ageSeconds(text: string): number | undefined {
  const days = /^(\d{1,5})d$/.exec(text)?.[1];
  return days === undefined ? durationSeconds(text) : 86_400 * Number(days) || undefined;
}
