import type { Problem } from "../../user_error.ts";

/** More problems than this are counted, not shown. */
const MAXIMUM_PROBLEMS = 100;

/** Sorts problems by file (in order of appearance), line and column, and drops repetitions. */
export function problemsInOrder(problems: readonly Problem[]): readonly Problem[] {
  const distinct = new Map(problems.map((problem) => {
    const { file, line, column } = problem.place ?? {};
    return [[file, line, column, problem.message].join(":"), problem];
  }));
  const files = [...new Set(problems.map(({ place }) => place?.file))];
  const sorted = [...distinct.values()].sort(({ place: a }, { place: b }) => {
    return files.indexOf(a?.file) - files.indexOf(b?.file) ||
      (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0);
  });
  const rest = sorted.length - MAXIMUM_PROBLEMS;
  if (rest <= 0) return sorted;
  return [...sorted.slice(0, MAXIMUM_PROBLEMS), { message: `There are ${rest} more problems` }];
}
