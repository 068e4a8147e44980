import type { Question } from "../statistics/question.ts";

/** The word for one of a cell's runs: its seed, unless a seed has several runs, one per fold. */
export function replicateWord({ folds }: Pick<Question, "folds">): "seed" | "run" {
  return folds === undefined ? "seed" : "run";
}

/** The same as a heading of their number. */
export function replicatesHeading(question: Pick<Question, "folds">): "Seeds" | "Runs" {
  return replicateWord(question) === "seed" ? "Seeds" : "Runs";
}
