import { columnOf, measureOf, partsOf } from "../measures/metrics.ts";
import type { Answer, AnswerEstimate } from "../results/answer.ts";
import type { HeldOutRow } from "../results/held_out_row.ts";
import type { ConfusionRow } from "../results/run_row.ts";
import type { Analysis } from "../statistics/analyze.ts";
import type { Interval } from "../statistics/interval.ts";
import { mainTestMeasure, summarizeTestScores } from "../statistics/summarize_test_scores.ts";
import { limitOf } from "./_limit.ts";
import { areAllTheBaseline, type Story, storyOf, tiedForBest } from "./_story.ts";
import { capitalized } from "./capitalized.ts";
import { constantSentence } from "./commonest_class.ts";
import { describeDifference, describeMean } from "./describe_difference.ts";
import { headline } from "./headline.ts";
import { type MetricScale, metricScale } from "./metric_scale.ts";
import type { StorySource } from "./story_source.ts";
import { verdictInterval } from "./verdict_interval.ts";

/** What was scored on the test rows. */
interface Scored {
  readonly test?: readonly HeldOutRow[];
  readonly confusion?: readonly ConfusionRow[];
}

/** What to do: a sentence without a full stop that starts in lower case. */
interface Choice {
  /** The cell to use, by its name in the CSV files; absent if no run completed. */
  readonly cell?: string;
  readonly advice: string;
}

/**
 * What a sweep answers. It agrees with `headline()`, because both are about the same comparison.
 *
 * A cell that is shown to be better than the baseline is the one to use. Otherwise that is the baseline,
 * even where another cell has a better mean: chance alone gives one of many cells a better mean. It is
 * the best mean for now where nobody chose the baseline, as in samples, or runs of it were lost.
 */
export function answer(analysis: Analysis, manifest: StorySource, scored: Scored = {}): Answer {
  const story = storyOf(analysis, manifest);
  const { subject, scale, commonest, words } = story;
  const { isShareOfRows } = partsOf(analysis.question.metric).measure;
  const { unfinished, finding } = headline(analysis, manifest, scored.confusion);
  const { cell, advice } = choose(story);
  const summary = analysis.cells.find((summary) => summary.cell === cell);
  const use = summary && estimateOf(summary, scale, scale.noun);
  const test = testOf(cell, analysis, scored);
  return {
    advice: capitalized(unfinished === undefined ? advice : `so far, ${advice}`),
    finding,
    limit: unfinished ?? capitalized(limitOf(story, { cell, isTested: test !== undefined })),
    ...use && cell !== undefined && { use: { cell, name: words(cell), ...use } },
    ...subject?.meanDifference !== undefined && Number.isFinite(subject.meanDifference) && {
      compared: {
        cell: subject.cell,
        name: words(subject.cell),
        verdict: subject.verdict,
        n: subject.n,
        mean: subject.meanDifference,
        ...finite(verdictInterval(subject)),
        text: describeDifference(subject, analysis),
      },
    },
    ...test && { test },
    ...isShareOfRows && commonest && {
      constant: { share: commonest.share, text: capitalized(constantSentence(commonest)) },
    },
  };
}

function choose(story: Story): Choice {
  const { analysis, subject, hasDoubtfulBaseline, extreme, name } = story;
  const { cells, selection, question: { baseline } } = analysis;
  if (!selection) return { advice: "no setting can be used" };
  const { best } = selection;
  if (cells.length === 1) {
    return { cell: best, advice: "nothing to choose: there is a single cell" };
  }
  if (areAllTheBaseline(analysis)) {
    return { cell: baseline, advice: `keep ${name(baseline)}: no other setting has an effect` };
  }
  if (subject?.verdict === "better") {
    return { cell: subject.cell, advice: `use ${name(subject.cell)}` };
  }
  if (best === baseline && tiedForBest(analysis).length === 1) {
    return { cell: best, advice: `keep ${name(best)}: it has the ${extreme} mean` };
  }
  const lostOf = (name: string) => {
    const { diverged = 0, failed = 0 } = cells.find(({ cell }) => cell === name) ?? {};
    return diverged + failed;
  };
  const isFragile = lostOf(baseline) > lostOf(best) && subject?.verdict !== "worse";
  if (subject && isFragile) {
    return {
      cell: best,
      advice: `use ${name(best)} for now: it lost fewer runs than the baseline`,
    };
  }
  if (best === baseline || subject && !hasDoubtfulBaseline) {
    return { cell: baseline, advice: `keep ${name(baseline)}: nothing is shown to be better` };
  }
  return { cell: best, advice: `use ${name(best)} for now: it has the ${extreme} mean` };
}

/** What an estimate is made from. */
interface Measured {
  readonly n: number;
  readonly mean?: number;
  readonly ciLow?: number;
  readonly ciHigh?: number;
}

function estimateOf(
  { n, mean = NaN, ciLow: low, ciHigh: high }: Measured,
  scale: MetricScale,
  noun: string,
): AnswerEstimate | undefined {
  if (!Number.isFinite(mean)) return undefined;
  return {
    noun,
    n,
    mean,
    ...finite({ low, high }),
    text: describeMean({ mean, ciLow: low, ciHigh: high }, scale),
  };
}

/** An interval, as far as JSON can write it. */
function finite({ low = NaN, high = NaN }: Partial<Interval> = {}): Partial<Interval> {
  return Number.isFinite(low) && Number.isFinite(high) ? { low, high } : {};
}

/** The final score of a cell, by the measure that cells are compared by if test rows have it. */
function testOf(
  cell: string | undefined,
  { question }: Analysis,
  { test = [] }: Scored,
): AnswerEstimate | undefined {
  const summaries = summarizeTestScores(test, question);
  const summary = summaries.find((summary) => summary.cell === cell);
  if (!summary) return undefined;
  const key = mainTestMeasure(summary, question);
  const means = summaries.flatMap(({ measures }) => measures[key] ?? []);
  const scale = metricScale(columnOf("validation", { key }), means);
  return estimateOf(
    { ...summary.measures[key], n: summary.n },
    scale,
    `test ${measureOf(key).label}`,
  );
}
