import type { TopLevelSpec } from "vega-lite";
import { countOf } from "../../format_number.ts";
import { capitalized } from "../../wording/capitalized.ts";
import { verdictSentence } from "../../wording/sentences.ts";
import { intervalName } from "../../wording/verdict_interval.ts";
import { toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { bandAndZero, differenceAxis } from "./_difference_axis.ts";
import { ARROWHEADS_SENTENCE, estimateChart, hasCuts } from "./_estimate_chart.ts";
import { hasFirstPointAsBaseline, sampledAxes } from "./_sampled_design.ts";
import { bestOf, hasIntervals, omission } from "./_shown_cells.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** How far each cell is from the baseline; undefined if no cell is compared with it. */
export function pairedDifferences(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const compared = cells.filter(({ difference }) => difference);
  // Cells that are the baseline's run have no differences to show.
  if (compared.every((cell) => isBaselinesRun(cell, context))) return undefined;
  const { equivalence = 0, baseline, seeds } = manifest.experiment;
  const { folds } = context.analysis.question;
  const shown = bestOf(compared);
  const isChance = hasFirstPointAsBaseline(cells) &&
    sampledAxes(cells, manifest.experiment.swept) !== undefined;
  const spec = differencesSpec(shown, { ...context, equivalence });
  return {
    id: "differences",
    heading: "Differences from the baseline",
    caption: [
      `Each run is compared with the ${
        folds === undefined
          ? `same seed’s run of ${baseline}`
          : `run of ${baseline} of the same seed and fold`
      }. Points are ${
        seeds.length > 1 || folds !== undefined ? "mean differences" : "the differences"
      }${
        hasIntervals(shown, "difference") ? `, bars their ${intervalName(context.analysis)}s` : ""
      }.`,
      ...(isChance
        ? [
          "The baseline is only the first point of the sample; the experiment can name another as its " +
          "baseline.",
        ]
        : []),
      verdictSentence(context.analysis),
      ...(hasCuts(spec) ? [ARROWHEADS_SENTENCE] : []),
      ...omission(shown, compared),
    ].join(" "),
    charts: [{
      id: "paired-differences",
      title: `Differences from the baseline, ${baseline}`,
      spec,
      rows: shown.length,
    }],
  };
}

function isBaselinesRun({ name }: ReportCell, { analysis }: ChartContext): boolean {
  return analysis.repeats.get(name) === analysis.question.baseline;
}

/**
 * Each cell's mean difference from the baseline, paired by seed, with its interval, in the order
 * given; behind it the band of differences that count as negligible.
 *
 * @param cells Those that are compared.
 * @param context With half the band's width as `equivalence`, in the metric's own units.
 */
function differencesSpec(
  cells: readonly ReportCell[],
  context: ChartContext & { readonly equivalence: number },
): TopLevelSpec {
  const { scale, groups, equivalence } = context;
  const band = toShown(equivalence * scale.factor);
  const rows = cells.map((cell) => ({
    cell,
    estimate: cell.difference,
    values: [-band, 0, band],
    label: isBaselinesRun(cell, context) ? "same run" : cell.comparison?.verdict,
  }));
  return estimateChart(rows, {
    ...context,
    scale,
    description: `${
      countOf(cells.length, "cell")
    }: mean difference in ${scale.noun} from the baseline, paired by seed, with its ${
      intervalName(context.analysis)
    } and the verdict`,
    ...differenceAxis(scale),
    intervalTitle: capitalized(intervalName(context.analysis)),
    countTitle: "Pairs",
    named: groups.slice(1),
    background: ({ x }) => bandAndZero(x, band),
  });
}
