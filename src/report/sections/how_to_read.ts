import type { Analysis } from "../../statistics/analyze.ts";
import {
  designSentence,
  metricSentence,
  seedsSentence,
  varianceSentence,
} from "../../wording/sentences.ts";
import { type Markup, markup } from "../markup.ts";

/** What the numbers mean, what varied between the runs, and how intervals and tests allow for it. */
export function howToRead(analysis: Analysis): Markup {
  const { question } = analysis;
  const hasIntervals = analysis.cells.some(({ ciLow }) => ciLow !== undefined);
  const sentences = [metricSentence, seedsSentence, ...hasIntervals ? [varianceSentence] : []]
    .map((sentence) => sentence(question));
  const design = designSentence(analysis);
  const all = design ? [...sentences, design] : sentences;
  return markup`${all.map((sentence) => markup`<p>${sentence}</p>`)}`;
}
