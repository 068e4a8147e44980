import { metricColumn, partsOf } from "../../measures/metrics.ts";
import { type CommonestClass, commonestClass } from "../../wording/commonest_class.ts";
import { endsOf, toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import type { ChartContext } from "./chart.ts";

/** What charts of the cells' means share, so that they have the same axis; in the units shown. */
export interface MeansAxis {
  /** A cell's completed runs. */
  seedsOf(cell: ReportCell): readonly { readonly seed: string | number; readonly value: number }[];
  /** A cell's values that the axis is to show. */
  valuesOf(cell: ReportCell): readonly number[];
  /** The class that is the most common one, if its share can be compared with the metric. */
  readonly commonest?: CommonestClass;
  /** As `EstimateChart` takes them. */
  readonly references: readonly number[];
  readonly seen: readonly number[];
}

/** The axis of the cells' means, their intervals and their single seeds. */
export function meansAxis(
  cells: readonly ReportCell[],
  { runs, manifest }: Pick<ReportInput, "runs" | "manifest">,
  { metric, scale }: Pick<ChartContext, "metric" | "scale">,
): MeansAxis {
  const column = metricColumn(metric);
  const { isShareOfRows } = partsOf(metric).measure;
  const commonest = isShareOfRows ? commonestClass(manifest.dataset) : undefined;
  const baseline = cells.find((cell) => cell.isBaseline)?.metric;
  const seeds = Map.groupBy(
    runs.flatMap(({ cell, seed, fold, status, measures }) =>
      status === "completed" && measures && !Number.isNaN(measures[column])
        ? [{
          cell,
          seed: fold === undefined ? seed : `${seed}, fold ${fold}`,
          value: toShown(measures[column] * scale.factor),
        }]
        : []
    ),
    ({ cell }) => cell,
  );
  const seedsOf = ({ name }: ReportCell) => seeds.get(name) ?? [];
  return {
    seedsOf,
    valuesOf: (cell) => [...endsOf(cell.metric), ...seedsOf(cell).map(({ value }) => value)],
    ...commonest && { commonest },
    references: commonest ? [toShown(commonest.share * scale.factor)] : [],
    seen: baseline ? [baseline.mean] : [],
  };
}
