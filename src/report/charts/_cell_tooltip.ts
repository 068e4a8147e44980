import { replicatesHeading } from "../../wording/replicate_word.ts";
import type { ChartContext } from "./chart.ts";

/**
 * What a chart shows of the cell under the pointer; its rows have these fields.
 *
 * @param reference What cells are compared with.
 */
export function cellTooltip(
  { scale, analysis }: Pick<ChartContext, "scale" | "analysis">,
  reference = "the baseline",
) {
  return [
    { field: "name", title: "Cell" },
    { field: "mean", title: `Mean ${scale.nounAndUnit}`, format: scale.format },
    { field: "interval", title: "95% interval" },
    { field: "gap", title: `Difference from ${reference}` },
    { field: "n", title: replicatesHeading(analysis.question) },
  ];
}
