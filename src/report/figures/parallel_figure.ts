import type { ChartContext } from "../charts/chart_context.ts";
import { parallelCoordinates } from "../charts/parallel_coordinates.ts";
import type { Figure } from "../figure.ts";
import { countOf } from "../../format_number.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { sweptAxes } from "../swept_axis.ts";

/** More than these no eye can follow. */
const MOST_LINES = 200;
const FEWEST_AXES = 3;
/** More would not stand side by side. */
const MOST_AXES = 8;

/** How three swept hyperparameters or more act together; nothing where none are varied together. */
export function parallelFigure(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: ChartContext,
): Figure | undefined {
  const axes = sweptAxes(cells, manifest.experiment.swept);
  const ranked = cells.filter(({ metric }) => metric);
  const areTogether = ranked.some(({ technique }) => technique.includes(" × "));
  if (axes.length < FEWEST_AXES || axes.length > MOST_AXES || !areTogether) return undefined;
  const shown = thin(ranked);
  const heading = "All swept values together";
  return {
    heading,
    caption: [
      `A line is a cell; the further from the page its colour, the better its mean ${
        metricScale(context.metric).noun
      }. Through one value, better cells run higher.`,
      ...(shown.length < ranked.length
        ? [`Of ${countOf(ranked.length, "cell")}, ${shown.length} are drawn, best to worst.`]
        : []),
    ].join(" "),
    charts: [{
      id: "parallel-coordinates",
      title: heading,
      spec: parallelCoordinates(shown, axes, context),
    }],
  };
}

/** Evenly spaced ranks, the first and the last among them, and the baseline. */
function thin(ranked: readonly ReportCell[]): readonly ReportCell[] {
  if (ranked.length <= MOST_LINES) return ranked;
  const step = (ranked.length - 1) / (MOST_LINES - 1);
  const kept = new Set(Array.from({ length: MOST_LINES }, (_, line) => Math.round(line * step)));
  return ranked.filter(({ isBaseline }, rank) => isBaseline || kept.has(rank));
}
