import type { ChartContext } from "../charts/chart_context.ts";
import { type CellWeights, weightHistograms } from "../charts/weight_histograms.ts";
import type { Figure } from "../figure.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { weightShares } from "../weight_shares.ts";
import { bestOf, bestOfEachGroup, omission } from "./_shown_cells.ts";

/** How each layer's final weights lie; nothing where no run completed. */
export function weightsFigure(
  cells: readonly ReportCell[],
  input: ReportInput,
  context: ChartContext,
): Figure | undefined {
  const eligible = cells.filter(({ metric }) => metric);
  const shown = bestOfEachGroup(eligible);
  const offered = bestOf(eligible, shown);
  const sharesOf = weightShares(input, offered.map(({ name }) => name));
  const depth = Math.max(0, ...[...sharesOf.values()].map(({ length }) => length));
  if (depth === 0) return undefined;
  const layers = Array.from(
    { length: depth },
    (_, layer) =>
      offered.flatMap((cell): CellWeights[] => {
        const shares = sharesOf.get(cell.name)?.[layer];
        return shares ? [{ cell, isShown: shown.includes(cell), ...shares }] : [];
      }),
  );
  return {
    heading: "Weights",
    caption: [
      "Histograms of the final weights of each layer, averaged over the seeds: 16 bins from a cell’s " +
      "least weight to its greatest. The baseline and the best cell of each technique are drawn, " +
      "and the one that is chosen.",
      ...omission(offered, eligible),
    ].join(" "),
    charts: layers.map((weights, layer) => ({
      id: `weights-${layer}`,
      title: `Layer ${layer}`,
      spec: weightHistograms(weights, layer, context),
    })),
  };
}
