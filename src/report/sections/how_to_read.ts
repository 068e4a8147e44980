import type { Analysis } from "../../statistics/analyze.ts";
import { metricSentence, seedsSentence, varianceSentence } from "../../wording/sentences.ts";
import { type Markup, markup } from "../markup.ts";

/** What the numbers mean, what varied between the runs, and how intervals and tests allow for it. */
export function howToRead({ question }: Analysis): Markup {
  const sentences = [metricSentence, seedsSentence, varianceSentence];
  return markup`${sentences.map((sentence) => markup`<p>${sentence(question)}</p>`)}`;
}
