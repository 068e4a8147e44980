import { type Metric, metricColumn, METRICS, partsOf } from "../../measures/metrics.ts";
import type { Manifest } from "../../results/manifest.ts";
import { trainersOf } from "../../results/trainers_of.ts";
import { shownMeasuresOf } from "../../trainers/own_measures.ts";
import { uncapitalized } from "../../wording/capitalized.ts";
import {
  inBrackets,
  type MetricScale,
  metricScale,
  valueFormat,
} from "../../wording/metric_scale.ts";
import type { CurveMeasure } from "./curve_series.ts";
import { packFormat } from "./packed.ts";

/** What a measure's values are multiplied by, with the rest of it. */
export interface ScaledMeasure {
  readonly measure: CurveMeasure;
  readonly factor: number;
}

/** The values of a column of curves.csv. */
export interface ColumnValues {
  /** The largest, without its sign. */
  readonly largest: number;
  readonly isConstant: boolean;
  /** Of the last evaluation of each run. */
  readonly last: readonly number[];
}

/** Decimals of measures of which nothing is known but their name. */
const DECIMALS = 4;
const PARTS = /^(train|validation)_(?=.)/;
const PART_WORD = /^(train|training|validation) (?=.)/;

/**
 * The measures of some columns of curves.csv, the metric's first; without those that are the same in
 * every evaluation.
 */
export function curveMeasures(
  columns: ReadonlyMap<string, ColumnValues>,
  { metric, scale, manifest }: {
    readonly metric: Metric;
    /** The metric's. */
    readonly scale: MetricScale;
    readonly manifest: Pick<Manifest, "trainers" | "own" | "measures">;
  },
): ScaledMeasure[] {
  const metricsColumn = metricColumn(metric);
  const varied = [...columns.keys()].filter((column) =>
    column === metricsColumn || !columns.get(column)?.isConstant
  );
  const groups = [...Map.groupBy(varied, (column) => column.replace(PARTS, "")).values()];
  return groups.toSorted((a, b) =>
    Number(b.includes(metricsColumn)) - Number(a.includes(metricsColumn))
  ).map((group) => {
    const main = group.find((column) => column === metricsColumn) ??
      group.find((column) => column.startsWith("validation_")) ?? group[0];
    const values = group.flatMap((column) => columns.get(column) ?? []);
    const shown = main === metricsColumn
      ? scaledBy(scale, metric)
      : METRICS.includes(main)
      ? scaledBy(metricScale(main, (columns.get(main)?.last ?? []).map((mean) => ({ mean }))), main)
      : scaledAlone(main, columns.get(main)?.last ?? [], manifest);
    const columnOf = (part: string) => group.find((column) => column.startsWith(`${part}_`));
    const [validation, train] = [columnOf("validation"), columnOf("train")];
    const { factor, decimals, format, ...titles } = shown;
    const largest = Math.max(...values.map(({ largest }) => largest)) * factor;
    return {
      factor,
      measure: {
        key: main.replace(PARTS, ""),
        ...titles,
        format,
        // One more than charts write, so that what is computed of them has the same digits.
        ...packFormat(largest, decimals + 1),
        ...validation === undefined && train === undefined
          ? { columns: { validation: main } }
          : { columns: { ...validation && { validation }, ...train && { train } } },
      },
    };
  });
}

/** What charts of a measure say. */
type Shown =
  & Pick<
    CurveMeasure,
    "noun" | "nounAndUnit" | "differenceTitle" | "bounds" | "differenceBounds"
  >
  & Pick<MetricScale, "factor" | "decimals" | "format">;

function scaledBy(scale: MetricScale, metric: Metric): Shown {
  const { measure, part } = partsOf(metric);
  // An own metric's name may say the part, which the reader chooses.
  const noun = part ? measure.label.replace(PART_WORD, "") : measure.label;
  const { factor, decimals, format, axisTitle, differenceTitle } = scale;
  return {
    ...{ noun, factor, decimals, format, differenceTitle },
    nounAndUnit: noun + axisTitle.slice(scale.noun.length),
    bounds: scale.bounds.map(finite),
    differenceBounds: scale.differenceBounds.map(finite),
  };
}

/** Of a measure of a trainer's own. */
function scaledAlone(
  column: string,
  values: readonly number[],
  manifest: Pick<Manifest, "trainers" | "own" | "measures">,
): Shown {
  const known = manifest.measures ?? shownMeasuresOf(trainersOf(manifest).all);
  const shown = known.find(({ key }) => key === column);
  const { isPercent = false, decimals: usual = DECIMALS } = shown ?? {};
  const { factor, decimals, format, heading } = valueFormat(
    { isPercent, decimals: usual, hasAnySize: shown === undefined },
    values,
  );
  const noun = uncapitalized(shown?.heading ?? column.replace(PARTS, "").replaceAll("_", " "));
  return {
    ...{ noun, factor, decimals, format },
    nounAndUnit: noun + inBrackets(heading),
    differenceTitle: "Difference" + inBrackets(isPercent ? "percentage points" : heading),
    bounds: [null, null],
    differenceBounds: [null, null],
  };
}

function finite(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}
