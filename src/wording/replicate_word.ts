import type { Question } from "../statistics/question.ts";

/** What tells a cell's runs apart: the seed, but where a seed has several folds, no single word. */
export function replicateWord({ folds }: Pick<Question, "folds">): "seed" | "run" {
  return folds === undefined ? "seed" : "run";
}

/** The same as a heading of their number. */
export function replicatesHeading(question: Pick<Question, "folds">): "Seeds" | "Runs" {
  return replicateWord(question) === "seed" ? "Seeds" : "Runs";
}
