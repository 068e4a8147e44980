import type { TopLevelSpec } from "vega-lite";
import { countOf, formatFixed } from "../../format_number.ts";
import type { MetricScale } from "../../wording/metric_scale.ts";
import { toShown } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { unlessOther } from "./_chosen.ts";
import { estimateChart } from "./_estimate_chart.ts";
import { bestOf, omission } from "./_shown_cells.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

const TRAINING: MetricScale = {
  noun: "training time",
  nounAndUnit: "training time (s)",
  factor: 1,
  bounds: [0, Infinity],
  differenceBounds: [-Infinity, Infinity],
  decimals: 2,
  format: ".2f",
  unit: " s",
  heading: "s",
  differenceUnit: " s",
  differenceHeading: "s",
  differenceSubject: "",
  axisTitle: "Training time per run (s)",
  differenceTitle: "Difference (s)",
  direction: "",
};

/** Of runs without a dataset, which need not be trainings. */
const RUNNING: MetricScale = {
  ...TRAINING,
  noun: "time",
  nounAndUnit: "time (s)",
  axisTitle: "Time per run (s)",
};

/** How long runs took; undefined if nothing says. */
export function runTimes(
  cells: readonly ReportCell[],
  { manifest, runs }: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  if (manifest.imported) return undefined;
  const secondsOf = new Map<string, number[]>();
  for (const [index, seconds] of manifest.times.runs.entries()) {
    const { cell } = runs[index] ?? {};
    if (seconds === null || cell === undefined) continue;
    secondsOf.set(cell, [...secondsOf.get(cell) ?? [], seconds]);
  }
  const timed = cells.filter(({ name }) => secondsOf.has(name));
  if (timed.length === 0) return undefined;
  const shown = bestOf(timed);
  const heading = "Time per run";
  return {
    isSecondary: true,
    id: "times",
    heading,
    caption: [
      `${manifest.dataset ? "Seconds of training" : "Seconds"}: a mark per run, a point at the ` +
      "median. Runs reused from an earlier sweep keep the time they took then.",
      ...omission(shown, timed),
    ].join(" "),
    charts: [{
      id: "run-times",
      title: heading,
      spec: timesSpec(shown, secondsOf, manifest.dataset ? TRAINING : RUNNING, context),
      rows: shown.length,
    }],
  };
}

/**
 * How long the runs of each cell took to train, in the order given: a point per run, a larger one
 * at their median.
 *
 * @param secondsOf By cell's name, seconds that runs took.
 */
function timesSpec(
  cells: readonly ReportCell[],
  secondsOf: ReadonlyMap<string, readonly number[]>,
  scale: MetricScale,
  context: ChartContext,
): TopLevelSpec {
  const rows = cells.map((cell) => {
    const values = (secondsOf.get(cell.name) ?? []).map(toShown);
    return { cell, estimate: { n: values.length, mean: median(values) }, values: [0, ...values] };
  });
  return estimateChart(rows, {
    ...context,
    largerIsBetter: false,
    scale,
    description: `${countOf(cells.length, "cell")}: seconds that each run took${
      scale === TRAINING ? " to train" : ""
    }`,
    title: scale.axisTitle,
    bounds: scale.bounds,
    meanTitle: "Median time (s)",
    countTitle: "Runs",
    named: context.groups,
    gap: 7,
    write: (seconds) => formatFixed(seconds, scale.decimals) + scale.unit,
    background: ({ x, y, color, keysOf, isInside }) => ({
      datasets: {
        runs: cells.flatMap((cell) =>
          (secondsOf.get(cell.name) ?? []).map(toShown).filter(isInside)
            .map((seconds) => ({ ...keysOf(cell), seconds }))
        ),
      },
      after: [{
        data: { name: "runs" },
        mark: { type: "tick", thickness: 1.5, size: 10 },
        encoding: {
          x: { ...x, field: "seconds" },
          y,
          color,
          opacity: unlessOther(0.5, 0.15),
        },
      }],
    }),
  });
}

function median(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b);
  const middle = ordered.length >> 1;
  if (ordered.length % 2 === 1) return ordered[middle];
  return toShown((ordered[middle - 1] + ordered[middle]) / 2);
}
