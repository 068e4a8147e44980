import type { Config, TopLevelSpec } from "vega-lite";
import type { HyperparameterValue } from "../trainers/hyperparameter.ts";
import type { BrushAxis } from "./charts/brush_axis.ts";
import type { ChartGroup } from "./charts/chart.ts";
import type { CurvesData } from "./charts/curve_series.ts";
import { DASHES } from "./charts/learning_curves.ts";
import { type ComparedData, comparedData } from "./compared_data.ts";
import type { ReportContent } from "./display_names.ts";
import { groupsOf } from "./report_cell.ts";
import { summaryOf } from "./sections/cells_table.ts";
import type { CellTable } from "./table/cell_table.ts";
import { pageTable } from "./table/page_table.ts";
import { COLORS, pageConfig, pictureConfig } from "./theme.ts";

/** What the page's scripts draw and search, as a block of JSON in the page. */
export interface PageData {
  /** The experiment's name. */
  readonly name: string;
  /** Best first. */
  readonly cells: readonly PageCell[];
  /** Its rows are the cells; `pageTable()` made it small. */
  readonly table: CellTable;
  /** What compares any two of them. */
  readonly compared: ComparedData;
  readonly charts: readonly PageChart[];
  /** Absent if no cell was evaluated at several steps. */
  readonly curves?: CurvesData;
  /** The axes of the parallel coordinates, from the left; empty without that chart. */
  readonly axes: readonly BrushAxis[];
  /** How many colours there are, the baseline's included. */
  readonly colors: number;
  /** What tells cells of one colour apart. */
  readonly dashes: readonly (readonly number[])[];
  readonly pageConfig: Config;
  readonly pictureConfig: Config;
}

/** A cell as the page's scripts know it. */
export interface PageCell {
  /** What readers see; no two cells have the same. */
  readonly name: string;
  /** Its name in the CSV files and in `only:`. */
  readonly csvName: string;
  readonly isBaseline?: true;
  /** Its group's place in the palette; 0 is the baseline's. */
  readonly color: number;
  /** What is said of it when it is marked. */
  readonly summary: string;
  /** By swept key. */
  readonly values: Readonly<Record<string, HyperparameterValue>>;
}

/** A chart, which is drawn into the element with its id. */
export interface PageChart {
  readonly id: string;
  readonly title: string;
  readonly spec: TopLevelSpec;
  /** About how many pixels high it will be. */
  readonly room: number;
}

/** Pixels of an axis below a chart, and of a legend above it. */
const AXIS = 46;
const LEGEND = 32;

/** The data of a page with these cells, best first, and charts. */
export function pageData(
  { input, cells, analysis }: ReportContent,
  table: CellTable,
  drawn: readonly ChartGroup[],
): PageData {
  const groups = groupsOf(cells);
  return {
    name: input.manifest.experiment.name,
    cells: cells.map((cell) => ({
      name: cell.name,
      csvName: cell.csvName,
      ...cell.isBaseline && { isBaseline: true },
      color: groups.indexOf(cell.group),
      summary: summaryOf(cell, analysis),
      values: cell.values,
    })),
    table: pageTable(table),
    compared: comparedData(cells, input, analysis),
    charts: drawn.flatMap(({ charts, curves }) =>
      // The switches of curves are their legend.
      charts.map(({ id, title, spec }) => ({ id, title, spec, room: roomOf(spec, !curves) }))
    ),
    curves: drawn.find(({ curves }) => curves)?.curves,
    axes: drawn.flatMap(({ axes = [] }) => axes),
    colors: COLORS,
    dashes: DASHES,
    pageConfig: pageConfig(),
    pictureConfig: pictureConfig(),
  };
}

function roomOf(spec: TopLevelSpec, mayHaveLegend: boolean): number {
  const { height } = spec as { height?: unknown };
  const text = JSON.stringify(spec, (key, value) => key === "datasets" ? undefined : value);
  const hasLegend = mayHaveLegend && text.includes('"legend":{');
  return (typeof height === "number" ? height : 0) + AXIS + (hasLegend ? LEGEND : 0);
}
