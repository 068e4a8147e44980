import type { Answer } from "../results/answer.ts";
import { answer } from "../wording/answer.ts";
import { analysisOf, withIntervals } from "./analysis_of.ts";
import type { RowlessInput } from "./report_input.ts";

/** What a sweep's rows answer, whichever version wrote them. */
export function answerOf(input: RowlessInput): Answer {
  const rows = withIntervals(input);
  return answer(analysisOf(rows), rows.manifest, rows);
}
