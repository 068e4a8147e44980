import type { SplitOptions } from "../dataset/split_options.ts";

/**
 * How rows come to their parts, to follow what the parts are: `drawn anew for each seed`.
 *
 * In a phrase, then what else is to know of it: `stratified`.
 */
export function describeSplit(
  { resplit, stratify, group, time, column, folds }: SplitOptions,
): string[] {
  const parts = folds === undefined ? "" : `in ${folds} folds, `;
  const drawn = column !== undefined
    ? `as column ${column} says`
    : time !== undefined
    ? `${parts}in order of ${time}, the same for all seeds`
    : `${parts}drawn ${resplit ? "anew for each seed" : "once for all seeds"}`;
  return [
    drawn,
    ...stratify ? ["stratified"] : [],
    ...group === undefined ? [] : [`no ${group} is in two parts`],
  ];
}
