import type { Analysis } from "../statistics/analyze.ts";
import type { Figure } from "./figure.ts";
import { confusionFigure } from "./figures/confusion_figure.ts";
import { differencesFigure } from "./figures/differences_figure.ts";
import type { FigureContext } from "./figures/figure_context.ts";
import { heatMapFigure } from "./figures/heat_map_figure.ts";
import { importanceFigure } from "./figures/importance_figure.ts";
import { learningFigure } from "./figures/learning_figure.ts";
import { parallelFigure } from "./figures/parallel_figure.ts";
import { rankingFigure } from "./figures/ranking_figure.ts";
import { sparsityFigure } from "./figures/sparsity_figure.ts";
import { strengthsFigure } from "./figures/strengths_figure.ts";
import { timesFigure } from "./figures/times_figure.ts";
import { unitsFigure } from "./figures/units_figure.ts";
import { weightsFigure } from "./figures/weights_figure.ts";
import { groupsOf, type ReportCell } from "./report_cell.ts";
import type { ReportInput } from "./report_input.ts";

/** Makes a figure of a sweep's cells, best first; nothing where it would make no sense. */
type FigureMaker = (
  cells: readonly ReportCell[],
  input: ReportInput,
  context: FigureContext,
) => Figure | undefined;

/** In the order of the page. */
const FIGURE_MAKERS: readonly FigureMaker[] = [
  differencesFigure,
  rankingFigure,
  strengthsFigure,
  heatMapFigure,
  parallelFigure,
  importanceFigure,
  sparsityFigure,
  learningFigure,
  weightsFigure,
  unitsFigure,
  timesFigure,
];

/**
 * The figures that make sense for a sweep, in the order of the page.
 *
 * @param cells Best first.
 */
export function figures(
  cells: readonly ReportCell[],
  input: ReportInput,
  analysis: Analysis,
): Figure[] {
  return figuresOf(FIGURE_MAKERS, cells, input, analysis);
}

/** As `figures()`, those that stand by the scores on the test rows. */
export function testFigures(
  cells: readonly ReportCell[],
  input: ReportInput,
  analysis: Analysis,
): Figure[] {
  return figuresOf([confusionFigure], cells, input, analysis);
}

function figuresOf(
  makers: readonly FigureMaker[],
  cells: readonly ReportCell[],
  input: ReportInput,
  analysis: Analysis,
): Figure[] {
  const { metric, largerIsBetter } = input.manifest.experiment;
  const context = { metric, largerIsBetter, groups: groupsOf(cells), analysis };
  return makers.flatMap((make) => make(cells, input, context) ?? []);
}
