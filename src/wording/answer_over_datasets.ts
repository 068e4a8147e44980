import { countOf, formatFixed, formatPower } from "../format_number.ts";
import type { Answer } from "../results/answer.ts";
import { SIGNIFICANCE } from "../results/comparison.ts";
import type { FriedmanTest } from "../statistics/over_tables/friedman.ts";
import {
  type BaselineOverTables,
  type CellOverTables,
  type OverTables,
  smallestPValue,
} from "../statistics/over_tables/compare_over_tables.ts";
import { capitalized } from "./capitalized.ts";

/** Smaller probabilities have a power of ten. */
const SMALLEST_P = 0.001;

/** How many datasets are complete, and how many there are. */
export interface Extent {
  readonly complete: number;
  readonly planned: number;
}

/** What is known of several datasets. */
export interface DatasetsStory extends Extent {
  /** Absent if there is nothing to compare. */
  readonly over?: OverTables;
  /** What cells are called. */
  readonly words: (cell: string) => string;
}

/**
 * What a sweep of several datasets answers, over them: what to use, what was found, and what limits
 * that most. A cell is to be used if Wilcoxon's test, corrected for all cells, shows that it is better
 * than the baseline; of several, the one with the best mean rank.
 */
export function answerOverDatasets(
  story: DatasetsStory,
): Pick<Answer, "advice" | "finding" | "limit"> {
  const { complete, over } = story;
  if (!over) {
    return nothingCompared(
      story,
      complete > 1
        ? "The datasets have fewer than two cells in common."
        : "Cells are compared over two datasets or more.",
    );
  }
  const compared = over.cells.filter(isCompared);
  const baseline = over.cells.find((cell) => !cell.compared);
  const [best] = over.cells;
  const better = compared.find(({ compared }) => compared.verdict === "better");
  const name = story.words(baseline?.cell ?? "");
  const shown = better ?? (isCompared(best) ? best : compared[0]);
  const advice = better
    ? `use ${story.words(better.cell)}`
    : best === baseline
    ? `keep ${name}: it has the best mean rank`
    : `keep ${name}: nothing is shown to be better over ${countOf(complete, "dataset")}`;
  const rankOf = ({ meanRank }: CellOverTables) => formatFixed(meanRank, 2);
  const rank = `${rankOf(shown)} of ${over.cells.length}, against ${
    baseline ? rankOf(baseline) : "–"
  } of ${name}`;
  const finding = `${story.words(shown.cell)} has ${
    shown === best ? "the best mean rank:" : "a mean rank of"
  } ${rank}; it ${winsText(shown.compared)} (${testText(shown.compared)}).`;
  return {
    advice: adviceSoFar(story, advice),
    finding: capitalized(finding),
    limit: missingText(story) ?? limitOf(over, { complete, tests: compared.length }),
  };
}

/** What is said where nothing can be compared, and why that is. */
export function nothingCompared(
  extent: Extent,
  why: string,
): Pick<Answer, "advice" | "finding" | "limit"> {
  return {
    advice: "Nothing to compare over datasets",
    finding: why,
    limit: missingText(extent) ?? "Each dataset has a report of its own.",
  };
}

/** Advice as a sentence: of some datasets, it is what can be said so far. */
export function adviceSoFar({ complete, planned }: Extent, advice: string): string {
  return capitalized((complete === planned ? "" : "so far, ") + advice);
}

/** That the answer is not of all datasets; undefined if it is. */
export function missingText({ complete, planned }: Extent): string | undefined {
  if (complete === planned) return undefined;
  return `${complete} of ${countOf(planned, "dataset")} ${
    complete === 1 ? "is" : "are"
  } complete; ` +
    "the answer can change with the others.";
}

/** `wins on 3 datasets, ties on 2 and loses on 1`. */
export function winsText({ wins, ties, losses }: BaselineOverTables): string {
  const tied = ties === 0 ? "" : `, ties on ${ties}`;
  return `wins on ${countOf(wins, "dataset")}${tied} and loses on ${losses}`;
}

function testText({ pHolm }: BaselineOverTables): string {
  return pHolm === undefined
    ? "no difference to test"
    : `Wilcoxon’s signed-rank test, ${pText(pHolm)} after Holm’s correction`;
}

/** Friedman's test in words. */
export function friedmanSentence(test: FriedmanTest | undefined): string {
  if (!test) return "All cells have the same ranks, so that Friedman’s test says nothing.";
  const { f, chiSquare, df: [first, second], pValue } = test;
  const statistic = f === undefined
    ? `χ²(${first}) = ${formatFixed(chiSquare, 2)}`
    : `F(${first}, ${second}) = ${formatFixed(f, 2)}`;
  const what = pValue < SIGNIFICANCE
    ? "shows that cells differ over datasets"
    : "does not show that any cells differ over datasets";
  return `Friedman’s test ${what}: ${statistic}, ${pText(pValue)}.`;
}

/** `p = 0.012`. */
export function pText(p: number): string {
  if (p === 0) return "p < 10⁻¹⁵";
  return p < SMALLEST_P ? `p = ${formatPower(p, 1)}` : `p = ${formatFixed(p, 3)}`;
}

/** That there are too few datasets for any test, or what all cells together say. */
function limitOf(
  { friedman }: OverTables,
  counts: { readonly complete: number; readonly tests: number },
): string {
  const undecidable = undecidableText(counts);
  return [...undecidable ? [undecidable] : [], friedmanSentence(friedman)].join(" ");
}

/** That there are too few datasets for so many tests to decide anything; undefined if there are not. */
export function undecidableText(
  { complete, tests }: { readonly complete: number; readonly tests: number },
): string | undefined {
  let needed = complete;
  while (tests * smallestPValue(needed) >= SIGNIFICANCE) needed++;
  if (needed === complete) return undefined;
  const comparisons = tests === 1 ? "the comparison" : `one of ${countOf(tests, "comparison")}`;
  return `With ${countOf(complete, "dataset")}, Wilcoxon’s test cannot decide on ${comparisons}, ` +
    `whatever the results are: that takes at least ${needed}.`;
}

function isCompared(
  cell: CellOverTables,
): cell is CellOverTables & Required<Pick<CellOverTables, "compared">> {
  return cell.compared !== undefined;
}
