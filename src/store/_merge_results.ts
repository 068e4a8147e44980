/** Two results of one run, put together. */
export interface Merged<Result> {
  /** What both say, and what one of them says alone; of both, the first. */
  readonly result: Result;
  /** True: the second says something that the first does not. */
  readonly isRicher: boolean;
}

/**
 * Puts two results of one run together: what has been measured of it may differ, what is in both
 * must not. Numbers are equal if JSON has the same text for them.
 *
 * @returns Undefined if a member that both have differs.
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

class DifferenceError extends Error {}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
