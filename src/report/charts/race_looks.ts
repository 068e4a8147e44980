import type { TopLevelSpec } from "vega-lite";
import { countOf } from "../../format_number.ts";
import type { LookRow } from "../../results/run_row.ts";
import { capitalized } from "../../wording/capitalized.ts";
import { lookOutcome, looksText } from "../../wording/describe_looks.ts";
import { intervalName } from "../../wording/verdict_interval.ts";
import { differenceTexts, endsOf, type Estimate, toEstimate, toShown } from "../estimate.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { unlessOther } from "./_chosen.ts";
import { bandAndZero, differenceAxis } from "./_difference_axis.ts";
import { ARROWHEADS_SENTENCE, estimateChart, hasCuts } from "./_estimate_chart.ts";
import type { Layers } from "./_layout.ts";
import { bestOf, omission } from "./_shown_cells.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** Pixels between the bars of a row, and those that a row has beside them. */
const BETWEEN = 4;
const BESIDE = 8;
/** Pixels of a row without a gap. */
const LINE = 13;

/** A cell with what each look found, the last look last. */
interface Looked {
  readonly cell: ReportCell;
  readonly looks: readonly LookRow[];
}

/** How intervals shrank from look to look, and when cells were decided; undefined without looks. */
export function raceLooks(
  cells: readonly ReportCell[],
  { manifest, looks = [] }: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const { looks: planned = [] } = manifest.experiment;
  const rowsOf = Map.groupBy(looks, ({ cell }) => cell);
  const all = cells.flatMap((cell): Looked[] => {
    const rows = rowsOf.get(cell.name);
    return rows && cell.difference ? [{ cell, looks: rows }] : [];
  });
  if (all.length === 0) return undefined;
  const kept = new Set(bestOf(all.map(({ cell }) => cell)));
  const shown = all.filter(({ cell }) => kept.has(cell));
  const most = planned[planned.length - 1];
  const spec = looksSpec(shown, { ...context, equivalence: manifest.experiment.equivalence ?? 0 });
  const taken = [...new Set(looks.map(({ seeds }) => seeds))];
  const last = taken[taken.length - 1];
  const isOpen = looks.some(({ seeds, outcome }) => seeds === last && outcome === "continued");
  const next = planned.find((seeds) => seeds > last);
  return {
    id: "race",
    heading: "Seeds until decided",
    caption: [
      `Differences from the baseline as each look found them, after ${
        looksText(taken)
      }. Pale bars ` +
      `are the ${intervalName(context.analysis)}s of earlier looks, the full bar is that of the ` +
      "last. At the right are its verdict and its seeds.",
      "A cell that is better, worse or equivalent gets no more seeds, and keeps verdict and interval.",
      ...looks.some(isGivenUp) ? ["Stopped: more seeds would probably not decide it."] : [],
      ...isOpen ? [`The sweep ended before the look after ${next} seeds.`] : [],
      ...hasCuts(spec) ? [ARROWHEADS_SENTENCE] : [],
      ...omission(shown.map(({ cell }) => cell), all.map(({ cell }) => cell)),
    ].join(" "),
    charts: [{
      id: "looks",
      title: "Differences from the baseline, look by look",
      spec,
      rows: shown.length,
    }],
    table: looksTable(shown, { ...context, most }),
  };
}

/** True if it got no more seeds although it is not decided. */
function isGivenUp({ outcome }: LookRow): boolean {
  return outcome === "few_seeds" || outcome === "few_rows";
}

/** What stands at the end of a cell's row: `better · 5`. */
function labelOf(look: LookRow): string {
  const { outcome, verdict, seeds } = look;
  if (outcome === "same_run") return "same run";
  const word = isGivenUp(look) ? "stopped" : outcome === "few_pairs" ? "few pairs" : verdict;
  return `${word} · ${seeds}`;
}

/** The difference that a look found, in the units shown. */
function estimateAt(
  { n, meanDifference: mean, ciLow: low, ciHigh: high }: LookRow,
  factor: number,
): Estimate | undefined {
  return toEstimate(factor, { n, mean, low, high });
}

/**
 * Each cell's differences from the baseline at all looks: the bars of a row are those of its looks,
 * the last at the bottom.
 */
function looksSpec(
  cells: readonly Looked[],
  context: ChartContext & { readonly equivalence: number },
): TopLevelSpec {
  const { scale, groups, equivalence } = context;
  const band = toShown(equivalence * scale.factor);
  const name = intervalName(context.analysis);
  const rows = cells.map(({ cell, looks }) => ({
    cell,
    estimate: cell.difference,
    values: [-band, 0, band, ...looks.flatMap((look) => endsOf(estimateAt(look, scale.factor)))],
    label: labelOf(looks[looks.length - 1]),
  }));
  const most = Math.max(...cells.map(({ looks }) => looks.length));
  const axis = differenceAxis(scale);
  return estimateChart(rows, {
    ...context,
    description: `${
      countOf(cells.length, "cell")
    }: mean difference in ${scale.noun} from the baseline and its ${name} at each look`,
    ...axis,
    intervalTitle: capitalized(name),
    countTitle: "Pairs",
    named: groups.slice(1),
    gap: 2 * (BETWEEN * (most - 1) + BESIDE) - LINE,
    background: ({ x, y, color, keysOf, format, domain: [least, greatest] }) => {
      const earlier = cells.flatMap(({ cell, looks }) =>
        looks.slice(0, -1).flatMap((look, place) => {
          const estimate = estimateAt(look, scale.factor);
          if (!estimate || estimate.low === undefined || estimate.high === undefined) return [];
          const { low, high } = estimate;
          return [{
            ...{ ...keysOf(cell), ...estimate, seeds: look.seeds, age: looks.length - 1 - place },
            interval: differenceTexts(estimate, scale).interval,
            ...low < least && { before: least },
            ...high > greatest && { beyond: greatest },
          }];
        })
      );
      const layersOf = (age: number): Layers => [
        {
          data: { name: "looks" },
          transform: [{ filter: `datum.age === ${age}` }],
          mark: { type: "rule", strokeWidth: 1.5, clip: true, yOffset: -age * BETWEEN },
          encoding: {
            x: { ...x, field: "low" },
            x2: { field: "high" },
            y,
            color,
            opacity: unlessOther(0.5, 0.15),
            tooltip: [
              { field: "name", title: "Cell" },
              { field: "seeds", title: "After seeds" },
              { field: "mean", title: axis.meanTitle, format },
              { field: "interval", title: capitalized(name) },
              { field: "n", title: "Pairs" },
            ],
          },
        },
        ...[["before", 270] as const, ["beyond", 90] as const].map(([field, angle]) => ({
          data: { name: "looks" },
          transform: [{ filter: `datum.age === ${age} && isValid(datum.${field})` }],
          mark: {
            ...{ type: "point" as const, shape: "triangle-up", filled: true, size: 16, angle },
            yOffset: -age * BETWEEN,
          },
          encoding: { x: { ...x, field }, y, color, opacity: unlessOther(0.5, 0.15) },
        })),
      ];
      const { datasets, before } = bandAndZero(x, band);
      return {
        datasets: { ...datasets, looks: earlier },
        before,
        after: Array.from({ length: most - 1 }, (_, index) => layersOf(index + 1)).flat(),
      };
    },
  });
}

/** The looks in numbers: a row per look and cell. */
function looksTable(
  cells: readonly Looked[],
  { scale, most, analysis }: Pick<ChartContext, "scale" | "analysis"> & { readonly most: number },
): Markup {
  const unit = scale.differenceHeading ? ` (${scale.differenceHeading})` : "";
  const headings = [
    "Cell",
    "Seeds",
    `Difference${unit}`,
    capitalized(intervalName(analysis)),
    "Outcome",
  ];
  return markup`<details class="more-numbers">
<summary>The looks in numbers</summary>
<div class="scroll" tabindex="0" role="region" aria-label="The looks in numbers">
<table>
<thead><tr>
${headings.map((heading) => markup`<th scope="col">${heading}</th>`)}
</tr></thead>
<tbody>
${
    cells.flatMap(({ cell, looks }) =>
      looks.map((look) => {
        const estimate = estimateAt(look, scale.factor);
        const { difference, interval } = estimate
          ? differenceTexts(estimate, scale)
          : { difference: "–", interval: "–" };
        return markup`<tr><th scope="row"><bdi>${cell.name}</bdi></th>
<td>${look.seeds}</td><td>${difference}</td>
<td>${interval}</td>
<td class="text">${lookOutcome(look, most)}</td></tr>`;
      })
    )
  }
</tbody>
</table>
</div>
</details>`;
}
