import type { TopLevelSpec } from "vega-lite";
import type { Metric } from "../../measures/metrics.ts";
import type { Analysis } from "../../statistics/analyze.ts";
import type { MetricScale } from "../../wording/metric_scale.ts";
import type { Markup } from "../markup.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import type { BrushAxis } from "./brush_axis.ts";
import type { CurvesData } from "./curve_series.ts";

/**
 * Makes one kind of chart from a sweep's cells, best first; undefined if it makes no sense.
 */
export type ChartMaker = (
  cells: readonly ReportCell[],
  input: ReportInput,
  context: ChartContext,
) => ChartGroup | undefined;

/** What a chart needs to know of the experiment. */
export interface ChartContext {
  readonly metric: Metric;
  readonly scale: MetricScale;
  readonly largerIsBetter: boolean;
  /** In the order of the palette; the first is the baseline's. */
  readonly groups: readonly string[];
  readonly analysis: Analysis;
}

/** A heading, a caption, and one chart or several side by side. */
export interface ChartGroup {
  /** Of its section: what links to it say, and no chart's. */
  readonly id: string;
  readonly heading: string;
  readonly caption: string;
  readonly charts: readonly Chart[];
  /** The axes of a chart along which the reader can drag, from the left. */
  readonly axes?: readonly BrushAxis[];
  /** What the charts show, or cannot show, in numbers: below them. */
  readonly table?: Markup;
  /** True if a small screen shows only its heading until the reader opens it. */
  readonly isSecondary?: boolean;
  /** Curves of which the reader chooses what is drawn. */
  readonly curves?: CurvesData;
}

/** With more rows, a chart starts folded, and has its axis at the top. */
export const MOST_ROWS = 20;

/** One chart, with the title that it has where it stands alone. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  readonly spec: TopLevelSpec;
  /** How many cells it has one below the other; a long chart starts folded. */
  readonly rows?: number;
}
