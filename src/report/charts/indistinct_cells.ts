import type { TopLevelSpec } from "vega-lite";
import { countOf, formatCount, formatFixed } from "../../format_number.ts";
import { areMeansComparable } from "../../statistics/are_means_comparable.ts";
import { pairTableOf } from "../pair_table_of.ts";
import { compareAny, indistinctGroups, isClearlyDifferent } from "../../statistics/compare_any.ts";
import { replicatesHeading } from "../../wording/replicate_word.ts";
import { endsOf } from "../estimate.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { IS_FILTERED } from "./_chosen.ts";
import { differenceAxis } from "./_difference_axis.ts";
import { estimateChart } from "./_estimate_chart.ts";
import { type MeansAxis, meansAxis } from "./_means_axis.ts";
import { bestOf, omission } from "./_shown_cells.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** Pixels from one line to the next; less where so many lines would take more room than that. */
const LINE_GAP = 12;
const LEAST_GAP = 6;
const MOST_ROOM = 96;
/** Pixels left and right of all lines. */
const MARGIN = 10;

/**
 * Which cells are not clearly different from each other; undefined for fewer than three cells, and
 * where no two are clearly different.
 */
export function indistinctCells(
  cells: readonly ReportCell[],
  input: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const { runs, manifest } = input;
  const all = cells.filter(({ metric }) => metric);
  const shown = bestOf(all);
  if (shown.length < 3) return undefined;
  const table = pairTableOf(runs, context.analysis);
  const groups = indistinctGroups(
    shown,
    (a, b) => isClearlyDifferent(compareAny(a.name, b.name, table)),
  );
  if (groups.some(({ length }) => length === shown.length)) return undefined;
  const isByMean = areMeansComparable(runs, context.analysis.question);
  const axis = isByMean ? meansAxis(shown, input, context) : undefined;
  const heading = "Cells that are not clearly different";
  return {
    id: "pairs",
    heading,
    caption: [
      "No two cells with a dot on the same line are clearly different; cells that share no line are. " +
      "Mark a cell to see only its lines.",
      `Every two cells are compared seed by seed, and the intervals that decide hold for all ${
        formatCount(table.criteria.pairs)
      } pairs together. Pairs with ${manifest.experiment.baseline} have the intervals of the ` +
      "differences from the baseline.",
      "This is a critical-difference diagram of means, not of ranks over several " +
      (manifest.dataset ? "datasets." : "problems."),
      ...isByMean
        ? []
        : ["Points are mean differences from the baseline: cells have different seeds."],
      ...omission(shown, all),
    ].join(" "),
    charts: [{
      id: "indistinct-cells",
      title: heading,
      spec: groupsSpec(shown, groups, { ...context, axis }),
      rows: shown.length,
    }],
    isSecondary: true,
  };
}

/**
 * Cells with their means, and to the right of them a line for each group, a dot for each member. If
 * means cannot be compared, differences from the baseline take their place.
 *
 * @param context With the axis of the means, if they can be compared.
 */
function groupsSpec(
  cells: readonly ReportCell[],
  groups: readonly (readonly ReportCell[])[],
  context: ChartContext & { readonly axis?: MeansAxis },
): TopLevelSpec {
  const { scale, axis } = context;
  const estimateOf = (cell: ReportCell) =>
    axis ? cell.metric : cell.isBaseline ? { n: cell.summary.n, mean: 0 } : cell.difference;
  const gap = Math.max(LEAST_GAP, Math.min(LINE_GAP, MOST_ROOM / groups.length));
  const x = { value: { expr: `width + ${MARGIN} + ${gap} * datum.line` } };
  const isJoined = "indexof(lines[datum.line], chosen) >= 0";
  const opacityIf = (test: string) => ({ condition: { test, value: 1 }, value: 0.15 });
  const spec = estimateChart(
    cells.map((cell) => {
      const estimate = estimateOf(cell);
      return {
        cell,
        // The intervals of means do not say which cells differ, but the axis has room for them.
        ...estimate && { estimate: { n: estimate.n, mean: estimate.mean } },
        values: axis ? axis.valuesOf(cell) : endsOf(estimate),
      };
    }),
    {
      ...context,
      scale,
      description: `${countOf(cells.length, "cell")}, best first, with their mean ${scale.noun}; ${
        countOf(groups.length, "line")
      } join cells that are not clearly different from each other`,
      ...axis
        ? {
          title: scale.axisTitle,
          bounds: scale.bounds,
          references: axis.references,
          seen: axis.seen,
          meanTitle: `Mean ${scale.nounAndUnit}`,
          write: (mean) => formatFixed(mean, scale.decimals) + scale.unit,
        }
        : differenceAxis(scale),
      countTitle: replicatesHeading(context.analysis.question),
      named: context.groups,
      background: ({ y, keysOf }) => {
        const rowOf = (cell: ReportCell) => keysOf(cell).row;
        return {
          datasets: {
            lines: groups.map((members, line) => ({
              line,
              row: rowOf(members[0]),
              last: rowOf(members[members.length - 1]),
            })),
            members: groups.flatMap((members, line) =>
              members.map((cell) => ({ line, row: rowOf(cell), name: cell.name }))
            ),
          },
          after: [
            {
              data: { name: "lines" },
              mark: { type: "rule", strokeWidth: 2, style: "reference" },
              encoding: {
                x,
                y,
                y2: { field: "last" },
                opacity: opacityIf(`chosen === null || ${isJoined}`),
              },
            },
            {
              data: { name: "members" },
              mark: { type: "point", filled: true, size: 40, style: "reference" },
              encoding: {
                x,
                y,
                opacity: opacityIf(`chosen === null ? ${IS_FILTERED} : ${isJoined}`),
                tooltip: { field: "name", title: "Cell" },
              },
            },
          ],
        };
      },
    },
  );
  return {
    ...spec,
    padding: { left: 4, top: 4, bottom: 4, right: groups.length * gap + MARGIN },
    params: [
      ...spec.params ?? [],
      { name: "lines", value: groups.map((members) => members.map(({ name }) => name)) },
    ],
  };
}
