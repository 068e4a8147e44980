import type { TopLevelSpec } from "vega-lite";
import { countOf, formatCount } from "../../format_number.ts";
import type { ManifestSearch } from "../../results/manifest.ts";
import { describeMean } from "../../wording/describe_difference.ts";
import { type MetricScale, metricScale } from "../../wording/metric_scale.ts";
import { toShown } from "../estimate.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { CELL_PARAMS, ring, unlessOther } from "./_chosen.ts";
import { focusDomain } from "./_focus_domain.ts";
import { FULL_WIDTH, groupColor, metricAxis } from "./_layout.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

const HEIGHT = 300;
/** More points hide each other, and the page must not grow with the sweep. */
const MOST_POINTS = 2000;

/** A cell's mean of what the search compared, at its place in the order of the search. */
interface SearchPoint {
  readonly name: string;
  /** What decides its colour; absent if the cell was stopped early. */
  readonly group?: string;
  /** From 1. */
  readonly place: number;
  readonly batch: number;
  /** In the units shown. */
  readonly mean: number;
}

/** What each batch of a search found; undefined without a search that found anything. */
export function searchBatches(
  cells: readonly ReportCell[],
  input: ReportInput,
  { groups }: ChartContext,
): ChartGroup | undefined {
  const { experiment } = input.manifest;
  const { search } = experiment;
  const found = search?.found.filter(({ mean }) => mean !== undefined) ?? [];
  if (!search || found.length === 0) return undefined;
  const { metric } = experiment.halving ?? experiment;
  const scale = metricScale(metric, found);
  const points = searchPoints(cells, input, scale.factor);
  return {
    id: "search",
    heading: "The search",
    caption: captionOf(search, input, scale),
    charts: [{
      id: "batches",
      title: "The best cell after each batch",
      spec: batchesSpec(points.slice(0, MOST_POINTS), search, { groups, scale }),
    }],
    table: batchTable(search, scale),
  };
}

function captionOf(
  { found, batches, points }: ManifestSearch,
  { manifest: { experiment, state } }: ReportInput,
  scale: MetricScale,
): string {
  const { halving, looks } = experiment;
  const compared = halving
    ? `, after ${countOf(halving.minSteps, "step")}`
    : looks
    ? `, on the first ${countOf(looks[0], "seed")}`
    : "";
  const last = found.findIndex(({ best }) => best === found.at(-1)?.best) + 1;
  const left = batches - found.length;
  return [
    `Each dot is the mean ${scale.noun} of a cell${compared}; the line is the best so far. The search ` +
    `is for at most ${countOf(points, "point")}, in ${countOf(batches, "batch", "batches")}.`,
    "The first batch is from Sobol’s sequence. Each other one was proposed by the results of those " +
    "before it (tree-structured Parzen estimator).",
    last === found.length
      ? `The best cell came with the last ${state === "unfinished" ? "of these" : "batch"}: more ` +
        "batches might find a better one."
      : `The best cell came with batch ${last}; ${
        countOf(found.length - last, "batch", "batches")
      } after it found no better one.`,
    ...state === "unfinished" && left > 0
      ? [`${countOf(left, "batch", "batches")} are missing.`]
      : [],
    "The best of many cells is flattered by having been chosen on these rows and seeds.",
  ].join(" ");
}

/** The cells in the order of the search, as far as their means are known. */
function searchPoints(
  cells: readonly ReportCell[],
  { manifest: { experiment }, halving = [] }: ReportInput,
  factor: number,
): SearchPoint[] {
  const groupOf = new Map(cells.map(({ name, group }) => [name, group]));
  // On more seeds than the search looked at, means are others.
  if (experiment.looks) return [];
  const first = halving.filter(({ step }) => step === experiment.halving?.minSteps);
  const meanOf = new Map(cells.map(({ name, metric }) => [name, metric?.mean]));
  const all = experiment.halving
    ? first.map(({ cell, mean }) => ({
      name: cell,
      mean: mean === undefined ? mean : mean * factor,
    }))
    : experiment.cells.map(({ name }) => ({ name, mean: meanOf.get(name) }));
  const ends = experiment.search?.found.map(({ cells }) => cells) ?? [];
  return all.flatMap(({ name, mean }, index): SearchPoint[] => {
    const batch = ends.findIndex((end) => index < end) + 1;
    if (mean === undefined || batch === 0) return [];
    const group = groupOf.get(name);
    return [{
      ...{ name, place: index + 1, batch, mean: toShown(mean) },
      ...group !== undefined && { group },
    }];
  });
}

function batchesSpec(
  points: readonly SearchPoint[],
  { found }: ManifestSearch,
  { groups, scale }: Pick<ChartContext, "groups" | "scale">,
): TopLevelSpec {
  const best = found.flatMap(({ cells, best, mean }, index) =>
    mean === undefined
      ? []
      : [{ place: cells, best, batch: index + 1, mean: toShown(mean * scale.factor) }]
  );
  const domain = focusDomain(
    [...points.map(({ mean }) => [mean]), best.map(({ mean }) => mean)],
    scale.bounds,
    best.map(({ mean }) => mean),
  );
  const [low, high] = domain;
  const ends = found.map(({ cells }) => cells);
  const x = {
    field: "place",
    type: "quantitative" as const,
    title: "Cells, batch by batch",
    scale: { domain: [0, (ends.at(-1) ?? 1) + 1], nice: false },
    axis: { values: ends, format: ",d" },
  };
  const y = { ...metricAxis(scale, domain), field: "mean" };
  const named = new Set(points.map(({ group }) => group));
  const mean = { field: "mean", title: `Mean ${scale.nounAndUnit}`, format: scale.format };
  const batch = { field: "batch", title: "Batch" };
  return {
    ...FULL_WIDTH,
    description: `Mean ${scale.noun} of the cells of a search, and the best after each batch`,
    height: HEIGHT,
    params: [...CELL_PARAMS],
    datasets: {
      points: points.filter(({ mean }) => low <= mean && mean <= high),
      best,
    },
    layer: [
      {
        data: { name: "points" },
        transform: [{ filter: "!isValid(datum.group)" }],
        mark: { type: "point", filled: true, size: 36, style: "gone" },
        encoding: {
          ...{ x, y, opacity: unlessOther(0.7, 0.2) },
          tooltip: [{ field: "name", title: "Cell" }, mean, batch],
        },
      },
      {
        data: { name: "points" },
        transform: [{ filter: "isValid(datum.group)" }],
        mark: { type: "point", filled: true, size: 50 },
        encoding: {
          ...{ x, y, opacity: unlessOther(1, 0.25) },
          color: groupColor(groups, groups.filter((group) => named.has(group))),
          tooltip: [{ field: "name", title: "Cell" }, mean, batch],
        },
      },
      {
        data: { name: "best" },
        mark: { type: "line", interpolate: "step-after", style: "reference", clip: true },
        encoding: { x, y },
      },
      {
        data: { name: "best" },
        mark: { type: "tick", orient: "horizontal", size: 20, thickness: 2, style: "reference" },
        encoding: {
          ...{ x, y },
          tooltip: [{ ...batch, title: "After batch" }, { field: "best", title: "Best" }, mean],
        },
      },
      ring("points", { x, y }),
    ],
  };
}

function batchTable({ found }: ManifestSearch, scale: MetricScale): Markup {
  return markup`<details class="more-numbers">
<summary>${countOf(found.length, "batch", "batches")}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Batches">
<table>
<thead><tr>
${["Batch", "Cells by then", "Best so far", `Mean ${scale.noun}`].map(headingOf)}
</tr></thead>
<tbody>
${found.map((row, index) => rowOf(row, index + 1, scale))}
</tbody>
</table>
</div>
</details>`;
}

function headingOf(heading: string): Markup {
  return markup`<th scope="col">${heading}</th>`;
}

function rowOf(
  { cells, best, mean }: ManifestSearch["found"][number],
  batch: number,
  scale: MetricScale,
): Markup {
  const text = mean === undefined ? "–" : describeMean({ mean }, scale);
  return markup`<tr><th scope="row">${formatCount(batch)}</th>
<td>${formatCount(cells)}</td><td><bdi>${best ?? "–"}</bdi></td><td>${text}</td></tr>`;
}
