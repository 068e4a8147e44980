import type { TopLevelSpec } from "vega-lite";
import type { UnitRow } from "../../results/run_row.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { CELL_PARAMS, IS_CHOSEN } from "./_chosen.ts";
import { FULL_WIDTH } from "./_layout.ts";
import { followingHeight } from "./patched_vega.ts";
import type { ChartGroup } from "./chart.ts";

/** A browser takes a moment for each. */
const MOST_PIXELS = 12_000;
/** Pictures in a row. */
const COLUMNS = 4;
/** Space between pictures, in their pixels. */
const GAP = 0.1;

/** What the first layers of the scored cells look for; undefined if rows are not pictures. */
export function unitPictures(
  cells: readonly ReportCell[],
  { units = [] }: ReportInput,
): ChartGroup | undefined {
  if (units.length === 0) return undefined;
  const cellUnits = Map.groupBy(units, ({ cell }) => cell);
  const shown = cells.flatMap(({ name }): [string, UnitRow[]][] => {
    const all = cellUnits.get(name);
    if (!all) return [];
    const room = Math.floor(MOST_PIXELS / cellUnits.size / all[0].weights.length);
    return [[name, all.slice(0, Math.max(1, room))]];
  });
  const largest = Math.max(
    ...shown.flatMap(([, units]) => units.flatMap(({ weights }) => weights.map(Math.abs))),
  );
  return {
    isSecondary: true,
    id: "first-layer",
    heading: "What the first layer looks for",
    caption:
      // Of several cells, each has a heading.
      `The first-layer units ${
        shown.length === 1 && cells.length > 1 ? `of ${shown[0][0]} ` : ""
      }with the largest ` +
      "weights, after training with the first seed. Each " +
      "picture shows a unit’s weights at their pixels: blue raises the unit’s activation, orange " +
      "lowers it. All pictures share one scale.",
    charts: shown.map(([name, units], index) => ({
      id: `units-${index}`,
      title: `First layer of ${name}`,
      spec: picturesSpec(units, largest || 1),
    })),
  };
}

/**
 * The weights into units as pictures, a tile per pixel: one hue for weights above 0, another for
 * those below, the stronger the larger.
 *
 * @param units Of one cell.
 * @param largest The weight that is drawn at full strength.
 */
function picturesSpec(units: readonly UnitRow[], largest: number): TopLevelSpec {
  const side = Math.sqrt(units[0].weights.length);
  const step = side * (1 + GAP);
  const columns = Math.min(COLUMNS, units.length);
  const extent = (pictures: number) => toTenth(pictures * step - side * GAP);
  const [width, height] = [extent(columns), extent(Math.ceil(units.length / columns))];
  const pictures = units.map(({ cell, unit, weights }, index) => ({
    ...{ name: cell, unit, weights: [...weights] },
    left: toTenth((index % columns) * step),
    top: toTenth(Math.floor(index / columns) * step),
  }));
  const axis = (field: string, domain: number[]) => ({
    field,
    type: "quantitative" as const,
    scale: { domain, nice: false, zero: false },
    axis: null,
  });
  const x = axis("x", [0, width]);
  const y = axis("y", [height, 0]);
  return {
    ...FULL_WIDTH,
    ...followingHeight(`width * ${height} / ${width}`),
    description: `Weights into the ${units.length} strongest units of the first layer, each as a ` +
      `picture of ${side} × ${side} pixels`,
    height: 1,
    params: [...CELL_PARAMS],
    datasets: { pictures },
    layer: [
      {
        data: { name: "pictures" },
        transform: [
          { flatten: ["weights"], as: ["weight"] },
          { window: [{ op: "row_number", as: "pixel" }], groupby: ["unit"] },
          { calculate: `datum.left + (datum.pixel - 1) % ${side}`, as: "x" },
          { calculate: `datum.top + floor((datum.pixel - 1) / ${side})`, as: "y" },
          { calculate: "datum.x + 1", as: "x2" },
          { calculate: "datum.y + 1", as: "y2" },
          { calculate: "datum.weight < 0 ? 'below 0' : 'above 0'", as: "sign" },
          { calculate: `min(1, abs(datum.weight) / ${largest})`, as: "strength" },
        ],
        mark: { type: "rect", stroke: null },
        encoding: {
          x,
          y,
          x2: { field: "x2" },
          y2: { field: "y2" },
          color: {
            field: "sign",
            type: "nominal",
            scale: { domain: ["", "above 0", "below 0"] },
            legend: null,
          },
          opacity: {
            field: "strength",
            type: "quantitative",
            scale: { domain: [0, 1], range: [0.04, 1] },
            legend: null,
          },
          tooltip: [
            { field: "name", title: "Cell" },
            { field: "unit", title: "Unit" },
            { field: "weight", title: "Weight" },
          ],
        },
      },
      {
        data: { name: "pictures" },
        transform: [
          { filter: IS_CHOSEN },
          { calculate: `datum.left + ${side}`, as: "x2" },
          { calculate: `datum.top + ${side}`, as: "y2" },
        ],
        mark: { type: "rect", filled: false, style: "chosen" },
        encoding: {
          x: { ...x, field: "left" },
          y: { ...y, field: "top" },
          x2: { field: "x2" },
          y2: { field: "y2" },
        },
      },
    ],
  };
}

function toTenth(value: number): number {
  return Math.round(10 * value) / 10;
}
