import { countOf, formatCount } from "../format_number.ts";
import { partsOf } from "../measures/metrics.ts";
import {
  bestMean,
  choiceText,
  countMeans,
  doubtfulBaseline,
  MANY,
  outlook,
  size,
} from "./_remarks.ts";
import { areAllTheBaseline, type Story, withShortNames } from "./_story.ts";

/** The cell that an answer says to use. */
interface Used {
  /** Its name in the CSV files; absent if no run completed. */
  readonly cell?: string;
  /** Whether it was scored on test rows. */
  readonly isTested: boolean;
}

/** What limits the answer most: a sentence, or two, that start in lower case. */
export function limitOf(story: Story, used: Used): string {
  const short = withShortNames(story);
  const [limit] = [
    nothing(story, used),
    lost(story, used),
    // What is not decided is limited by that, whatever else there is.
    outlook(short),
    size(short),
    doubtfulBaseline(short),
    flattery(story),
    rows(story),
    bestMean(short),
    bestOfMany(story, used),
  ].flat();
  return limit ?? sources(story);
}

function nothing({ analysis, subject }: Story, { cell }: Used): string[] {
  if (cell === undefined) {
    // The finding says what became of them.
    return analysis.cells.some(({ diverged }) => diverged > 0)
      ? ["a run diverges when its loss becomes infinite or not a number."]
      : ["the report lists why."];
  }
  // The advice says that there is nothing to choose.
  if (analysis.cells.length === 1) return [];
  if (areAllTheBaseline(analysis)) return ["nothing was compared, because nothing differs."];
  return subject ? [] : ["there are no two cells with completed runs on the same seeds."];
}

/** Runs that the cell's mean leaves out. */
function lost({ analysis: { cells } }: Story, { cell }: Used): string[] {
  const { n = 0, diverged = 0, failed = 0 } = cells.find((summary) => summary.cell === cell) ?? {};
  if (diverged + failed === 0) return [];
  const what = [
    ...diverged > 0 ? [`${formatCount(diverged)} diverged`] : [],
    ...failed > 0 ? [`${formatCount(failed)} failed`] : [],
  ];
  return [
    `of its ${countOf(n + diverged + failed, "run")}, ${what.join(" and ")}; its mean leaves ${
      diverged + failed === 1 ? "it" : "them"
    } out.`,
  ];
}

/** A metric that does not say what a model does on rows that are new to it. */
function flattery({ analysis: { question } }: Story): string[] {
  const { part, isBest, measure } = partsOf(question.metric);
  if (part === "train") {
    return [
      "cells are compared on the rows that they were trained on, which says little of others.",
    ];
  }
  const extreme = measure.better === "larger" ? "highest" : "lowest";
  return isBest
    ? [`the metric is the ${extreme} of a run’s evaluations, which flatters every cell.`]
    : [];
}

/** Rows that the answer is limited to. */
function rows({ analysis: { cells, question } }: Story): string[] {
  const { rows, overlap, scope, folds } = question;
  if (!rows || overlap > 0) return [];
  if (scope !== undefined) {
    return ["it holds for exactly these rows, as the scope this_data asks, and not for new ones."];
  }
  const what = folds === undefined ? "the same split" : "the same parts";
  const change = cells.length === 1 ? "the mean may differ" : "cells may rank differently";
  return [`all seeds have ${what}: on other validation rows, ${change}.`];
}

/** The best of many means is partly luck. */
function bestOfMany(story: Story, used: Used): string[] {
  const { analysis: { question, selection }, extreme } = story;
  const means = countMeans(story);
  if (means < MANY || used.cell === question.baseline) return [];
  const best = `its mean is the ${extreme} of ${formatCount(means)}, so it flatters the cell`;
  if (used.isTested) return [`${best}; the test score does not.`];
  const choice = used.cell === selection?.best ? choiceText(story) : undefined;
  return [choice === undefined ? `${best}.` : `${best}: ${choice}.`];
}

/** What any answer is limited to. */
function sources({ analysis: { question: { rows } } }: Story): string {
  return rows
    ? "it holds for new rows from the same source; other sources can differ."
    : "intervals cover what differs from seed to seed, and nothing else.";
}
