import { learningCurvesChart } from "../charts/learning_curves_chart.ts";
import type { CellCurve, Figure } from "../figure.ts";
import { learningCurves } from "../learning_curves.ts";
import { curveColumnOf, metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import type { FigureContext } from "./figure_context.ts";
import { bestOf, bestOfEachGroup, omission, WITH_BANDS } from "./_shown_cells.ts";

/** How training went, cell by cell; nothing where no run got beyond its first step. */
export function learningFigure(
  cells: readonly ReportCell[],
  input: ReportInput,
  { metric, groups, analysis }: FigureContext,
): Figure | undefined {
  const column = curveColumnOf(metric);
  const scale = metricScale(column);
  const eligible = cells.filter((cell) => cell.metric);
  const shown = bestOfEachGroup(eligible);
  // Those drawn come first, so that a long list of switches starts with them.
  const offered = [...new Set([...shown, ...bestOf(eligible, shown)])];
  const curveOf = learningCurves(input, offered.map(({ name }) => name), {
    column,
    factor: scale.factor,
    overlap: analysis.question.overlap,
  });
  const curves = offered.flatMap(({ name, group }): CellCurve[] => {
    const curve = curveOf.get(name);
    const isShown = shown.some((cell) => cell.name === name);
    return curve ? [{ name, color: groups.indexOf(group), isShown, ...curve }] : [];
  });
  const lastStep = Math.max(0, ...curves.flatMap(({ step }) => step.slice(-1)));
  if (lastStep === 0) return undefined;
  const bands = curves.some(({ low }) => low) ? WITH_BANDS : "";
  return {
    heading: "Learning curves",
    caption: [
      `Mean ${scale.noun} over the seeds${bands}. The axis fits the curves from a tenth of the`,
      "steps on.",
      ...omission(offered, eligible),
    ].join(" "),
    charts: [{
      id: "learning-curves",
      title: `Learning curves: ${scale.noun}`,
      spec: learningCurvesChart(scale, lastStep),
    }],
    curves,
  };
}
