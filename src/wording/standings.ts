import type { Verdict } from "../results/comparison.ts";

/** How a cell with a verdict compares with another. */
export const STANDINGS: Readonly<Record<Verdict, string>> = {
  better: "is better than",
  worse: "is worse than",
  equivalent: "is equivalent to",
  undecided: "is not clearly different from",
};
