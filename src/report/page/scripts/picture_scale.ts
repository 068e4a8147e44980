import { axisTicks } from "../../charts/axis_ticks.ts";

/** A linear axis of a small picture, from 0% to 100% of its width. */
export interface PictureScale {
  readonly low: number;
  readonly high: number;
  /** Round values within it, ascending. */
  readonly ticks: readonly number[];
  /** Where a value stands, in percent of the width. */
  at(value: number): string;
}

/** The share of the width, at both ends, in which a tick's label would not fit. */
const EDGE = 0.04;

/** An axis that reaches all values, with some room at both ends and about so many ticks. */
export function pictureScale(values: readonly number[], count = 6): PictureScale {
  const finite = values.filter(Number.isFinite);
  const least = finite.length > 0 ? Math.min(...finite) : 0;
  const greatest = finite.length > 0 ? Math.max(...finite) : 0;
  const room = (greatest - least || Math.abs(greatest) || 1) * 0.06;
  const [low, high] = [least - room, greatest + room];
  return {
    low,
    high,
    ticks: axisTicks({ type: "linear" }, [low, high], count).filter((tick) => {
      const share = (tick - low) / (high - low);
      return share > EDGE && share < 1 - EDGE;
    }),
    at: (value) => `${Number((100 * (value - low) / (high - low)).toFixed(2))}%`,
  };
}
