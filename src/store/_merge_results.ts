import { isRecord } from "./_result_json.ts";
import type { StoredResult } from "./run_record.ts";

/** Two results of one run, merged. */
export interface Merged<Result> {
  /** The members of both; members that both have come from the first. */
  readonly result: Result;
  /** True if the second has a member that the first lacks. */
  readonly isRicher: boolean;
}

/**
 * Merges two results of one run. They can have different measures, but members that both have must
 * be equal. Numbers are equal if their JSON is the same.
 *
 * @returns `undefined` if a member that both have differs.
 */
export function mergeResults<Result>(first: Result, second: Result): Merged<Result> | undefined {
  let isRicher = false;
  const merge = (a: unknown, b: unknown): unknown => {
    if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
      return a.map((item, index) => merge(item, b[index]));
    }
    if (isRecord(a) && isRecord(b)) {
      const merged: Record<string, unknown> = { ...a };
      for (const [key, member] of Object.entries(b)) {
        if (member === undefined) continue;
        if (a[key] === undefined) {
          merged[key] = member;
          isRicher = true;
        } else merged[key] = merge(a[key], member);
      }
      return merged;
    }
    if (a === b || Number.isNaN(a) && Number.isNaN(b)) return a;
    throw new DifferenceError();
  };
  try {
    const result = merge(first, second) as Result;
    return { result, isRicher };
  } catch (error) {
    if (error instanceof DifferenceError) return undefined;
    throw error;
  }
}

/** A result with another's time: when a run is repeated, everything else must be equal. */
export function withTimeOf<Result extends StoredResult>(known: Result, result: Result): Result {
  const { trainSeconds } = known as { readonly trainSeconds?: number };
  return trainSeconds === undefined ? result : { ...result, trainSeconds };
}

class DifferenceError extends Error {}
