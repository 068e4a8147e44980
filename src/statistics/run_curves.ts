import { intervalAround } from "./interval.ts";
import { meanAndDeviation } from "./mean.ts";

/** A measure over the steps of a cell's completed runs. */
export interface RunCurves {
  /** Ascending. */
  readonly steps: readonly number[];
  /** By run, ascending: the replicate that pairs it with a run of another cell. */
  readonly replicates: readonly number[];
  /**
   * By run and step; NaN where the measure is not defined. A run that stopped earlier than others has
   * fewer values.
   */
  readonly values: readonly (readonly number[])[];
}

/** A cell's measure at one step, over its completed runs. */
export interface CurvePoint {
  readonly step: number;
  readonly mean: number;
  /** 95% t-interval of the mean; absent for a single run. */
  readonly low?: number;
  readonly high?: number;
}

/**
 * Averages runs at the steps that all of them have; values that are NaN are left out, and so are steps
 * without another.
 *
 * @param margins Half the width of an interval, by the number of values, if their standard deviation
 * is 1.
 */
export function meanCurve(
  { steps, values }: RunCurves,
  margins: readonly number[],
): CurvePoint[] {
  const shared = values.reduce((least, { length }) => Math.min(least, length), steps.length);
  return steps.slice(0, values.length > 0 ? shared : 0).flatMap((step, at): CurvePoint[] => {
    const defined = values.map((run) => run[at]).filter((value) => !Number.isNaN(value));
    const { mean, sd } = meanAndDeviation(defined);
    if (mean === undefined) return [];
    if (sd === undefined) return [{ step, mean }];
    return [{ step, mean, ...intervalAround(mean, margins[defined.length] * sd) }];
  });
}

/** The differences a − b of the runs of one replicate, at the steps that both were evaluated at. */
export function differenceCurves(a: RunCurves, b: RunCurves): RunCurves {
  const placeInB = new Map(b.steps.map((step, at) => [step, at]));
  const shared = a.steps.flatMap((step, inA) => {
    const inB = placeInB.get(step);
    return inB === undefined ? [] : [{ step, inA, inB }];
  });
  const runOfB = new Map(b.replicates.map((replicate, run) => [replicate, b.values[run]]));
  const pairs = a.replicates.flatMap((replicate, run) => {
    const [left, right] = [a.values[run], runOfB.get(replicate)];
    if (!right) return [];
    const both = shared.filter(({ inA, inB }) => inA < left.length && inB < right.length);
    return [{ replicate, values: both.map(({ inA, inB }) => left[inA] - right[inB]) }];
  });
  return {
    steps: shared.map(({ step }) => step),
    replicates: pairs.map(({ replicate }) => replicate),
    values: pairs.map(({ values }) => values),
  };
}
