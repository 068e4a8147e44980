import type { Answer } from "../results/answer.ts";
import type { QuestionSource } from "../statistics/question.ts";
import { answer } from "../wording/answer.ts";
import type { StorySource } from "../wording/story_source.ts";
import { analysisOf, withIntervals } from "./analysis_of.ts";
import type { RowlessInput } from "./report_input.ts";

/** The rows that an answer is made from, and the parts of a manifest. */
interface AnswerInput extends Omit<RowlessInput, "manifest"> {
  readonly manifest: QuestionSource & StorySource;
}

/** What a sweep's rows answer, whichever version wrote them. */
export function answerOf(input: AnswerInput): Answer {
  const rows = withIntervals(input);
  return answer(analysisOf(rows), rows.manifest, rows);
}
