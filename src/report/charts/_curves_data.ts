import { replicateName } from "../../experiment/replicates.ts";
import type { Metric } from "../../measures/metrics.ts";
import type { CurveRow, RunRow } from "../../results/run_row.ts";
import { differenceCurves, meanCurve, type RunCurves } from "../../statistics/run_curves.ts";
import { unitMargins } from "../../statistics/unit_margins.ts";
import type { MetricScale } from "../../wording/metric_scale.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { type ColumnValues, curveMeasures, type ScaledMeasure } from "./_curve_measures.ts";
import { sharedSteps, thinned } from "./_curve_steps.ts";
import { type CellCurves, type CurvesData, packCurve } from "./curve_series.ts";
import { pack } from "./packed.ts";

/** How many values of single runs a page has room for: so many, or more where there are many runs. */
const [LEAST_ROOM, ROOM_PER_RUN, MOST_ROOM] = [40_000, 200, 200_000];
/** A chart looks coarse with fewer steps, and has no room for more. */
const [FEWEST_STEPS, MOST_STEPS] = [30, 120];

/** What curves are made from beside the input. */
export interface CurvesSource {
  /** Cells that a reader can draw, and those that are drawn at first. */
  readonly offered: readonly ReportCell[];
  readonly shown: readonly ReportCell[];
  readonly metric: Metric;
  /** The metric's. */
  readonly scale: MetricScale;
  /** As in `Question`. */
  readonly overlap: number;
  /** In the order of the palette; the first is the baseline's. */
  readonly groups: readonly string[];
}

/** Curves, and how many evaluations of the longest one they have. */
export interface MadeCurves {
  readonly data: CurvesData;
  readonly shownSteps: number;
  readonly allSteps: number;
}

/** A run with its evaluations, by ascending step. */
interface Member {
  readonly replicate: number;
  readonly rows: readonly CurveRow[];
}

/** A cell with its completed runs. */
interface Curved {
  readonly cell: ReportCell;
  readonly members: readonly Member[];
  /** Those at which all runs were evaluated that go on so far. */
  readonly steps: readonly number[];
}

/** A column of curves.csv that the page has. */
interface Column extends ScaledMeasure {
  readonly column: string;
}

/**
 * The learning curves of cells as a page has them: thinned to what a chart can show, and with single
 * runs as far as there is room, of the first cells first. Undefined if no cell has a curve.
 */
export function curvesData(
  { runs, curves, manifest }: Pick<ReportInput, "runs" | "curves" | "manifest">,
  { offered, shown, metric, scale, overlap, groups }: CurvesSource,
): MadeCurves | undefined {
  const curved = curvedCells(offered, runs, curves);
  if (curved.length === 0) return undefined;
  const measures = curveMeasures(columnValues(curved), { metric, scale, manifest });
  const columns = measures.flatMap(({ measure, factor }) =>
    Object.values(measure.columns).map((column): Column => ({ column, measure, factor }))
  );
  const room = Math.min(MOST_ROOM, Math.max(LEAST_ROOM, ROOM_PER_RUN * runs.length));
  const lists = columns.length * curved.reduce((sum, { members }) => sum + members.length, 0);
  const most = Math.max(FEWEST_STEPS, Math.min(MOST_STEPS, Math.floor(room / lists)));
  const kept = thinned(curved.map(({ steps }) => steps), most);
  const cells = curved.map((cell, place): Curved => ({ ...cell, steps: kept[place] }));

  const margins = unitMargins(Math.max(...cells.map(({ members }) => members.length)), overlap);
  const baseline = cells.find(({ cell }) => cell.isBaseline);
  const detailed = cellsWithRoom(cells, room / columns.length);
  const schedules = new Map<string, number>();
  const data: CurvesData = {
    measures: measures.map(({ measure }) => measure),
    cells: cells.map((curved): CellCurves => {
      const { cell, members, steps } = curved;
      const byColumn = <Value>(of: (column: Column) => Value) =>
        Object.fromEntries(columns.map((column) => [column.column, of(column)]));
      const summary = (curves: RunCurves, { measure }: Column) =>
        packCurve(meanCurve(curves, margins), steps, measure);
      return {
        name: cell.name,
        color: groups.indexOf(cell.group),
        isShown: shown.includes(cell),
        schedule: placeOf(schedules, JSON.stringify(pack(steps, { decimals: 0 }))),
        replicates: members.map(({ replicate }) => replicate),
        ...detailed.has(curved)
          ? {
            runs: byColumn((column) =>
              runCurves(curved, column).values.map((values) => pack(values, column.measure))
            ),
          }
          : {
            means: byColumn((column) => summary(runCurves(curved, column), column)),
            ...baseline && {
              gaps: byColumn((column) => {
                const [own, others] = [curved, baseline].map((cell) => runCurves(cell, column));
                return summary(differenceCurves(own, others), column);
              }),
            },
          },
      };
    }),
    schedules: [],
    margins: margins.map((margin) => Number(margin.toPrecision(6))),
    replicates: replicateNames(runs, cells),
    ...baseline && { baseline: cells.indexOf(baseline) },
  };
  return {
    data: { ...data, schedules: [...schedules.keys()].map((text) => JSON.parse(text)) },
    shownSteps: Math.max(...cells.map(({ steps }) => steps.length)),
    allSteps: Math.max(...curved.map(({ steps }) => steps.length)),
  };
}

/** The cells with a curve: with two steps or more that all completed runs have. */
function curvedCells(
  offered: readonly ReportCell[],
  runs: readonly RunRow[],
  curves: readonly CurveRow[],
): Curved[] {
  const rowsOf = Map.groupBy(curves, ({ run }) => run);
  const completed = runs.filter(({ status, run }) => status === "completed" && rowsOf.has(run));
  const runsOf = Map.groupBy(completed, ({ cell }) => cell);
  return offered.flatMap((cell): Curved[] => {
    const members = (runsOf.get(cell.name) ?? []).map(({ run, replicate }) => ({
      replicate,
      rows: (rowsOf.get(run) ?? []).toSorted((a, b) => a.step - b.step),
    })).sort((a, b) => a.replicate - b.replicate);
    const steps = sharedSteps(members.map(({ rows }) => rows.map(({ step }) => step)));
    const shortest = Math.min(...members.map(({ rows }) => rows[rows.length - 1].step));
    return steps.filter((step) => step <= shortest).length < 2 ? [] : [{ cell, members, steps }];
  });
}

/** What the columns of some runs hold, in their order. */
function columnValues(cells: readonly Curved[]): Map<string, ColumnValues> {
  const found = new Map<string, { least: number; most: number; last: number[] }>();
  for (const { members } of cells) {
    for (const { rows } of members) {
      for (const [at, { measures }] of rows.entries()) {
        for (const [column, value] of Object.entries(measures)) {
          if (!Number.isFinite(value)) continue;
          const values = found.get(column) ?? { least: Infinity, most: -Infinity, last: [] };
          values.least = Math.min(values.least, value);
          values.most = Math.max(values.most, value);
          if (at === rows.length - 1) values.last.push(value);
          found.set(column, values);
        }
      }
    }
  }
  return new Map(
    Array.from(found, ([column, { least, most, last }]) => [column, {
      largest: Math.max(Math.abs(least), Math.abs(most)),
      isConstant: least === most,
      last,
    }]),
  );
}

/** The cells whose single runs the page has, the baseline before all: others are compared with it. */
function cellsWithRoom(cells: readonly Curved[], room: number): Set<Curved> {
  const first = cells.toSorted((a, b) => Number(b.cell.isBaseline) - Number(a.cell.isBaseline));
  let left = room;
  const end = first.findIndex(({ members, steps }) => {
    left -= members.length * steps.length;
    return left < 0;
  });
  return new Set(end < 0 ? first : first.slice(0, end));
}

/** A cell's runs in the units shown, at the steps that the page has. */
function runCurves({ members, steps }: Curved, { column, factor }: Column): RunCurves {
  return {
    steps,
    replicates: members.map(({ replicate }) => replicate),
    values: members.map(({ rows }) => {
      const valueAt = new Map(rows.map(({ step, measures }) => [step, measures[column] ?? NaN]));
      return steps.flatMap((step) => {
        const value = valueAt.get(step);
        return value === undefined ? [] : [value * factor];
      });
    }),
  };
}

/** What replicates are called, by their numbers. */
function replicateNames(runs: readonly RunRow[], cells: readonly Curved[]): string[] {
  const used = new Set(cells.flatMap(({ members }) => members.map(({ replicate }) => replicate)));
  const nameOf = new Map(runs.map((run) => [run.replicate, replicateName(run)]));
  return Array.from({ length: Math.max(...used) + 1 }, (_, at) => nameOf.get(at) ?? "");
}

/** The place of a text in a list, at the end of which it is put if it is new. */
function placeOf(places: Map<string, number>, text: string): number {
  const place = places.get(text) ?? places.size;
  places.set(text, place);
  return place;
}
