import { isLargerBetter } from "../measures/metrics.ts";
import type { Comparison } from "../results/comparison.ts";
import type { Analysis } from "../statistics/analyze.ts";
import { type CommonestClass, commonestClass } from "./commonest_class.ts";
import { cellNames, isRegularizedFirstCell, NO_REGULARIZATION } from "./describe_cell.ts";
import { type MetricScale, scaleOf } from "./metric_scale.ts";
import type { StorySource } from "./story_source.ts";

/** What the finding, the answer and the remarks are written from: they must agree. */
export interface Story {
  readonly analysis: Analysis;
  readonly scale: MetricScale;
  /** Absent for quantities, and if the classes were not counted. */
  readonly commonest?: CommonestClass;
  /** The comparison that the finding is about; absent if there is none. */
  readonly subject?: Comparison;
  /** How the best mean compares with the others. */
  readonly extreme: "highest" | "lowest";
  /** True if the baseline is only the first cell, and regularized itself. */
  readonly hasDoubtfulBaseline: boolean;
  /** Whether halving or a search chose cells by all seeds, before these means. */
  readonly areChosenBefore: boolean;
  /** A cell in words; and with the baseline called so. */
  readonly words: (cell: string) => string;
  readonly name: (cell: string) => string;
}

/** What an analysis found, in terms of its cells. */
export function storyOf(analysis: Analysis, manifest: StorySource): Story {
  const { metric, baseline } = analysis.question;
  const words = cellNames(manifest);
  const isAnyBaseline = (cell: string) => cell === baseline && words(cell) !== NO_REGULARIZATION;
  return {
    analysis,
    scale: scaleOf(analysis),
    commonest: commonestClass(manifest.dataset),
    subject: subjectOf(analysis),
    extreme: isLargerBetter(metric) ? "highest" : "lowest",
    areChosenBefore: Boolean(manifest.experiment.halving ?? manifest.experiment.search),
    hasDoubtfulBaseline: isRegularizedFirstCell(manifest, baseline),
    words,
    name: (cell) => isAnyBaseline(cell) ? `the baseline (${words(cell)})` : words(cell),
  };
}

/**
 * The cell that the finding is about: the best mean if it is shown to be better than the baseline,
 * otherwise the best of those that are; if there is none, the best mean, or the next best where the
 * baseline itself is best.
 */
function subjectOf({ comparisons, selection, question }: Analysis): Comparison | undefined {
  const sign = isLargerBetter(question.metric) ? 1 : -1;
  const gain = ({ meanDifference = 0 }: Comparison) => sign * meanDifference;
  const compared = comparisons.filter(({ n }) => n > 0).sort((a, b) => gain(b) - gain(a));
  const best = compared.find(({ cell }) => cell === selection?.best);
  if (best?.verdict === "better") return best;
  return compared.find(({ verdict }) => verdict === "better") ?? best ?? compared[0];
}

/** True if nothing in which the cells differ has an effect. */
export function areAllTheBaseline({ cells, repeats, question: { baseline } }: Analysis): boolean {
  return cells.every(({ cell }) => cell === baseline || repeats.get(cell) === baseline);
}

/** The cells whose mean is exactly the best one's, over as many runs. */
export function tiedForBest({ cells, selection }: Analysis): string[] {
  const best = cells.find(({ cell }) => cell === selection?.best);
  return cells.filter(({ n, mean }) => n === best?.n && mean === best.mean).map(({ cell }) => cell);
}

/** The same story for sentences after one that says which cell the baseline is. */
export function withShortNames(story: Story): Story {
  const { words, name } = story;
  return { ...story, name: (cell) => name(cell) === words(cell) ? words(cell) : "the baseline" };
}
