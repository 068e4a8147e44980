import { rankedCells } from "../charts/ranked_cells.ts";
import type { ChartContext } from "../charts/chart_context.ts";
import type { Figure } from "../figure.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { bestOf, hasIntervals, omission } from "./_shown_cells.ts";

/** Every cell's mean and seeds, best first. */
export function rankingFigure(
  cells: readonly ReportCell[],
  { runs }: ReportInput,
  context: ChartContext,
): Figure {
  const heading = `Cells by mean ${metricScale(context.metric).noun}`;
  const shown = bestOf(cells);
  const marks = hasIntervals(shown, "metric")
    ? "Large points are means over the seeds, bars their 95% intervals, small points single seeds; " +
      "pointing at one joins it with the same seed’s in other cells."
    : "Points are single seeds, which give no intervals.";
  return {
    heading,
    caption: [
      marks,
      ...(context.groups.length > 1 ? ["The dashed line is the baseline’s mean."] : []),
      ...(cells.some(({ difference }) => difference)
        ? [
          "A seed’s split and initial weights move all cells alike, so that intervals overlap even " +
          "where cells differ for certain: the differences to the baseline leave that out.",
        ]
        : []),
      ...omission(shown, cells),
    ].join(" "),
    charts: [{ id: "ranked-cells", title: heading, spec: rankedCells(shown, runs, context) }],
  };
}
