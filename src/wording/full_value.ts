import { formatPower } from "../format_number.ts";
import type { Measure } from "../measures/measure.ts";

/** Significant digits of values that do not have the measure's decimals. */
const DIGITS = 6;
/** Powers of ten from and to which they are shown as they are; beyond, with a power of ten. */
const [SMALLEST, LARGEST] = [-4, 6];
/** Characters that values of any size take at most without their sign, and others as a rule. */
const [LONGEST_OF_ANY, LONGEST] = [12, 10];
/** From this size on, `toFixed()` writes exponents. */
const EXPONENTIAL = 1e21;

type FullFormat =
  & Pick<Measure, "fullDecimals" | "hasAnySize">
  & Partial<Pick<Measure, "isPercent">>;

/**
 * One run's value of a measure with all digits that say something: shares in percent, others without
 * their unit.
 */
export function fullValue(value: number, format: FullFormat): string {
  const { fullDecimals, hasAnySize, isPercent } = format;
  if (isPercent && Number.isFinite(value)) {
    return `${fullValue(100 * value, { ...inPercent(format), isPercent: false })}%`;
  }
  const size = Math.abs(value);
  const isOrdinary = hasAnySize
    ? size === 0
    : size < EXPONENTIAL && size.toFixed(fullDecimals).length <= longestOf(format);
  if (isOrdinary || !Number.isFinite(value)) return value.toFixed(fullDecimals);
  const power = Math.floor(Math.log10(size));
  if (SMALLEST <= power && power < LARGEST) return value.toFixed(Math.max(0, DIGITS - 1 - power));
  const room = longestOf(format) - formatPower(size, 0, ".×").length;
  const decimals = Math.min(DIGITS - 1, room);
  return (value < 0 ? "-" : "") + formatPower(size, decimals, "×");
}

/** Of the same digits, two come before the point. */
function inPercent(format: FullFormat): FullFormat {
  return { ...format, fullDecimals: Math.max(0, format.fullDecimals - 2) };
}

/** How many characters the longest of a measure's values takes. */
export function fullWidth({ bounds, ...format }: FullFormat & Pick<Measure, "bounds">): number {
  const [least] = bounds;
  return bounds.every(Number.isFinite)
    ? Math.max(...bounds.map((bound) => fullValue(bound, format).length))
    : longestOf(format) + (least < 0 ? 1 : 0);
}

function longestOf({ fullDecimals, hasAnySize }: FullFormat): number {
  // All decimals, and hundreds before the point.
  return hasAnySize ? LONGEST_OF_ANY : Math.max(LONGEST, fullDecimals + "100.".length);
}
