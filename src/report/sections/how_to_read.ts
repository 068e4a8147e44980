import type { ManifestDataset } from "../../results/manifest.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import type { Headline } from "../../wording/headline.ts";
import {
  designSentences,
  metricSentence,
  seedsSentence,
  varianceSentence,
} from "../../wording/sentences.ts";
import { type Markup, markup } from "../markup.ts";

/**
 * What the numbers mean, what varied between the runs, and how intervals and tests allow for it; less
 * what the remarks say already.
 */
export function howToRead(
  analysis: Analysis,
  dataset: Pick<ManifestDataset, "task" | "target"> | undefined,
  { remarks }: Pick<Headline, "remarks">,
): Markup {
  const { question } = analysis;
  const hasIntervals = analysis.cells.some(({ ciLow }) => ciLow !== undefined);
  const sentences = [
    metricSentence(question, dataset),
    seedsSentence({ ...question, cells: analysis.cells.length }),
    ...hasIntervals ? [varianceSentence(question)] : [],
  ];
  const design = designSentences(analysis).filter((sentence) => !remarks.includes(sentence));
  const all = design.length > 0 ? [...sentences, design.join(" ")] : sentences;
  return markup`${all.map((sentence) => markup`<p>${sentence}</p>`)}`;
}
