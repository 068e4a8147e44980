const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** From 1 March of the year 0 to 1 January 1970. */
const DAYS_TO_1970 = 719_468;
/** Texts that are longer are no dates. */
const LONGEST = 40;

const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([ap]m))?`;
const ZONE = String.raw`\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})?`;
const REST = `(?:[t,\\s]\\s*${CLOCK}${ZONE})?$`;
/** 2026-11-26, 2026/11/26 and 2026.11.26, with a time of day or none. */
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})` + REST, "i");
/** 26/11/2026, 11/26/2026, 26.11.2026 and 26-11-26. */
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})` + REST, "i");
const MONTH = "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";
/** 26 Nov 2026 and 26-Nov-26. */
const DAY_MONTH_WORD = new RegExp(
  String.raw`^(\d{1,2})[-\s.]+${MONTH}[-\s.,]+(\d{4}|\d{2})` + REST,
  "i",
);
/** Nov 26, 2026. */
const MONTH_WORD_DAY = new RegExp(String.raw`^${MONTH}\.?\s+(\d{1,2}),?\s+(\d{4})` + REST, "i");
/** 14:30, alone. */
const TIME_OF_DAY = new RegExp(String.raw`^${CLOCK}$`, "i");
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** How the dates of a column can be read, where the year is last: several texts narrow it down. */
export type DayOrder = "day-first" | "month-first";

/** The orders in which a text is a date; none if it is not one. A time of day is a date, too. */
export function dayOrders(text: string): readonly DayOrder[] {
  return (["day-first", "month-first"] as const)
    .filter((order) => !Number.isNaN(parseDate(text, order)));
}

/**
 * A date in days since 1970, with the time of day as a fraction; NaN if a text is not a date. Zones are
 * not looked at: a table's times have the same one.
 */
export function parseDate(text: string, order: DayOrder): number {
  if (text.length > LONGEST) return NaN;
  let match = text.match(YEAR_FIRST);
  if (match) return days(match[1], match[3], match[4], match.slice(5));
  match = text.match(YEAR_LAST);
  if (match) {
    const [, first, , second, year] = match;
    const [day, month] = order === "day-first" ? [first, second] : [second, first];
    return days(year, month, day, match.slice(5));
  }
  match = text.match(DAY_MONTH_WORD);
  if (match) return days(match[3], monthOf(match[2]), match[1], match.slice(4));
  match = text.match(MONTH_WORD_DAY);
  if (match) return days(match[3], monthOf(match[1]), match[2], match.slice(4));
  match = text.match(TIME_OF_DAY);
  return match ? dayFraction(match.slice(1)) : NaN;
}

function monthOf(word: string): string {
  return String(1 + MONTHS.indexOf(word.slice(0, 3).toLowerCase()));
}

function days(
  yearText: string,
  monthText: string,
  dayText: string,
  clock: readonly (string | undefined)[],
): number {
  const [month, day] = [Number(monthText), Number(dayText)];
  const short = Number(yearText);
  // As spreadsheets read two digits.
  const year = yearText.length > 2 ? short : short + (short < 70 ? 2000 : 1900);
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 && isLeap ? 29 : MONTH_DAYS[month - 1] ?? 0;
  if (day < 1 || day > last) return NaN;
  const fraction = clock[0] === undefined ? 0 : dayFraction(clock);
  return daysSince1970(year, month, day) + fraction;
}

/** Counts from March on, so that the day that leap years have more is a year's last. */
function daysSince1970(year: number, month: number, day: number): number {
  const shifted = month > 2 ? year : year - 1;
  const fromMarch = (month + 9) % 12;
  const leapDays = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return 365 * shifted + leapDays + Math.floor((153 * fromMarch + 2) / 5) + day - 1 - DAYS_TO_1970;
}

function dayFraction([hours, minutes, seconds, half]: readonly (string | undefined)[]): number {
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = hour % 12 + (half.toLowerCase() === "pm" ? 12 : 0);
  }
  const [minute, second] = [Number(minutes), Number(seconds ?? 0)];
  if (hour > 24 || minute > 59 || second > 60) return NaN;
  return (hour * 3600 + minute * 60 + second) / 86_400;
}
