/** How a page has the numbers of a measure. */
export interface PackFormat {
  /** Digits after the decimal point that are kept. */
  readonly decimals: number;
  /** True if some number has so many digits that differences would lose the last ones. */
  readonly isPlain?: true;
}

/**
 * Numbers in few characters: whole multiples of 1 / 10^decimals, each less the one before it, since
 * neighbours are close; or plain ones with a few significant digits. Null for what is no number.
 */
export type Packed = readonly (number | null)[];

/** From this size on, whole numbers have gaps. */
const LARGEST = 2 ** 52;
/** Significant digits of plain numbers. */
const DIGITS = 6;

/** How numbers that are no larger than `largest` are packed. */
export function packFormat(largest: number, decimals: number): PackFormat {
  return largest * 10 ** decimals < LARGEST ? { decimals } : { decimals, isPlain: true };
}

export function pack(values: readonly number[], { decimals, isPlain }: PackFormat): Packed {
  let before = 0;
  return values.map((value) => {
    if (!Number.isFinite(value)) return null;
    if (isPlain) return Number(value.toPrecision(DIGITS));
    const whole = Math.round(value * 10 ** decimals);
    const difference = whole - before;
    before = whole;
    return difference;
  });
}

/** The numbers that `pack()` packed, rounded; NaN where there is none. */
export function unpack(packed: Packed, { decimals, isPlain }: PackFormat): number[] {
  let whole = 0;
  return packed.map((number) => {
    if (number === null) return NaN;
    if (isPlain) return number;
    whole += number;
    return whole / 10 ** decimals;
  });
}
