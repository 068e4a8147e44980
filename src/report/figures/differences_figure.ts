import { pairedDifferences } from "../charts/paired_differences.ts";
import type { Figure } from "../figure.ts";
import { describeSize } from "../../wording/describe_difference.ts";
import { verdictSentence } from "../../wording/sentences.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import type { FigureContext } from "./figure_context.ts";
import { bestOf, hasIntervals, omission } from "./_shown_cells.ts";

/** How far every cell is from the baseline; nothing where no cell is compared with it. */
export function differencesFigure(
  cells: readonly ReportCell[],
  { manifest }: ReportInput,
  context: FigureContext,
): Figure | undefined {
  const compared = cells.filter(({ difference }) => difference);
  if (compared.length === 0) return undefined;
  const { equivalence, baseline } = manifest.experiment;
  const band = `±${describeSize(equivalence, context.metric)}`;
  const shown = bestOf(compared);
  return {
    heading: "Differences to the baseline",
    caption: [
      `Each seed’s run is compared with the same seed’s run of ${baseline}; points are the mean ` +
      `differences${hasIntervals(shown, "difference") ? ", bars their 95% intervals" : ""}.`,
      ...(equivalence > 0
        ? [`The grey band, ${band}, holds what this experiment counts as no practical difference.`]
        : []),
      verdictSentence(context.analysis.question),
      ...omission(shown, compared),
    ].join(" "),
    charts: [{
      id: "paired-differences",
      title: `Differences to the baseline, ${baseline}`,
      spec: pairedDifferences(shown, { ...context, equivalence }),
    }],
  };
}
