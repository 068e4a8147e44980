import type { Problem } from "../user_error.ts";

/** More problems than this are counted, not shown. */
const MAXIMUM_PROBLEMS = 100;

/** Sorts problems by their lines and columns, and drops repetitions. */
export function problemsInOrder(problems: readonly Problem[]): readonly Problem[] {
  const distinct = new Map(problems.map((problem) => {
    return [`${problem.place?.line}:${problem.place?.column}:${problem.message}`, problem];
  }));
  const sorted = [...distinct.values()].sort(({ place: a }, { place: b }) => {
    return (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
  });
  const rest = sorted.length - MAXIMUM_PROBLEMS;
  if (rest <= 0) return sorted;
  return [...sorted.slice(0, MAXIMUM_PROBLEMS), { message: `There are ${rest} more problems` }];
}
