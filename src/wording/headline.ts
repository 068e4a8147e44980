import type { ConfusionRow } from "../results/run_row.ts";
import type { Analysis } from "../statistics/analyze.ts";
import { finding } from "./_finding.ts";
import { headlineNotes, headlineRemarks } from "./_remarks.ts";
import { type Story, storyOf, withShortNames } from "./_story.ts";
import { capitalized } from "./capitalized.ts";
import { neverPredictedSentence } from "./never_predicted.ts";
import type { StorySource } from "./story_source.ts";
import { unfinishedSentence } from "./unfinished_sentence.ts";

/** What a sweep found, in words. */
export interface Headline {
  /** That runs are missing, how many, and why; absent if the sweep is complete. */
  readonly unfinished?: string;
  /** One sentence: which cell is best, by how much and how certain that is; or that it is unclear. */
  readonly finding: string;
  /** What to know before relying on it. */
  readonly remarks: readonly string[];
  /** Which runs and cells count for less than they seem to; the report lists them. */
  readonly notes: readonly string[];
}

/**
 * Says what a sweep found.
 *
 * @param confusion Of the selected cell's runs, if they were scored on test rows.
 */
export function headline(
  analysis: Analysis,
  manifest: StorySource,
  confusion: readonly ConfusionRow[] = [],
): Headline {
  const story = storyOf(analysis, manifest);
  const unfinished = unfinishedSentence(manifest);
  const found = unfinished === undefined ? finding(story) : `so far, ${finding(story)}`;
  return {
    ...unfinished !== undefined && { unfinished },
    finding: [found, ...neverPredicted(story, confusion)].map(capitalized).join(" "),
    // The finding says which cell the baseline is.
    remarks: headlineRemarks(withShortNames(story)).map(capitalized),
    notes: headlineNotes(story).map(capitalized),
  };
}

/** The classes that the selected cell never predicts, which its accuracy does not show. */
function neverPredicted(
  { analysis: { selection }, name }: Story,
  confusion: readonly ConfusionRow[],
): string[] {
  const sentence = selection && neverPredictedSentence(name(selection.best), confusion);
  return sentence === undefined ? [] : [sentence];
}
