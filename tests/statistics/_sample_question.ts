import type { Question } from "../../src/statistics/question.ts";

/** A question with the baseline `0` and one split for all seeds, except as told. */
export function sampleQuestion(question: Partial<Question> = {}): Question {
  return {
    metric: "validation_accuracy",
    baseline: "0",
    equivalence: 0.005,
    rows: { train: 1079, validation: 359, test: 359 },
    overlap: 0,
    ...question,
  };
}
