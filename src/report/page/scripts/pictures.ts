import { html, nothing, svg, type TemplateResult } from "lit-html";
import { formatCount, formatFixed, formatSigned } from "../../../format_number.ts";
import type { AnyComparison } from "../../../statistics/compare_any.ts";
import { curveLine } from "../../charts/curve_series.ts";
import { differenceTexts } from "../../estimate.ts";
import { colorOf, dashesOf } from "./cell_colors.ts";
import { data } from "./page_data.ts";
import { scale } from "./pairs.ts";
import { type PictureScale, pictureScale } from "./picture_scale.ts";

/** Half the width of the band of negligible differences, in the units shown; 0 without one. */
const BAND = (data.compared.criteria.equivalence ?? 0) * scale.factor;

/** A difference in the units shown: `+0.31 points`. */
export function signed(difference: number): string {
  return signedNumber(difference) + scale.differenceUnit;
}

/** The same for a column whose heading has the unit: `+0.31`. */
function signedNumber(difference: number): string {
  return differenceTexts({ mean: difference * scale.factor }, scale).difference;
}

/** The differences of a cell from another by seed, their mean and its interval, along one axis. */
export function differencePicture(
  name: string,
  { differences, mean = NaN, interval }: AnyComparison,
  label: string,
): TemplateResult {
  const values = [...differences].map(([replicate, value]) => ({ replicate, value }));
  const ends = [interval?.low ?? mean, interval?.high ?? mean];
  const axis = pictureScale(
    [...values.map(({ value }) => value), ...ends, 0].map((value) => value * scale.factor).concat(
      BAND > 0 ? [-BAND, BAND] : [],
    ),
    matchMedia("(max-width: 40rem)").matches ? 5 : 10,
  );
  const at = (value: number) => axis.at(value * scale.factor);
  return html`<svg class="picture differences" color=${
    colorOf(name)
  } role="img" aria-label=${label}>
    ${bandAndZero(axis, 64)}
    ${
    axis.ticks.map((tick) =>
      svg`<text class="tick" x=${axis.at(tick)} y="80">${tickText(tick, axis)}</text>`
    )
  }
    ${
    values.map(({ replicate, value }) =>
      svg`
        <circle class="seed" cx=${at(value)} cy="16" r="4.5">
          <title>${replicate}: ${signed(value)}</title>
        </circle>
      `
    )
  }
    ${
    interval
      ? svg`<line class="interval" x1=${at(interval.low)} x2=${
        at(interval.high)
      } y1="42" y2="42" />`
      : nothing
  }
    <circle class="mean" cx=${at(mean)} cy="42" r="6"><title>mean: ${signed(mean)}</title></circle>
  </svg>`;
}

/** A cell's difference and its interval in a table's field, along an axis that all rows share. */
export function intervalPicture(
  name: string,
  { mean, interval }: Pick<AnyComparison, "mean" | "interval">,
  axis: PictureScale,
): TemplateResult {
  const at = (value: number) => axis.at(value * scale.factor);
  return html`<svg class="picture interval-picture" color=${colorOf(name)} aria-hidden="true">
    ${bandAndZero(axis, 20)}
    ${
    interval
      ? svg`<line class="interval" x1=${at(interval.low)} x2=${
        at(interval.high)
      } y1="10" y2="10" />`
      : nothing
  }
    ${mean === undefined ? nothing : svg`<circle class="mean" cx=${at(mean)} cy="10" r="4" />`}
  </svg>`;
}

/** An axis for all of these differences. */
export function sharedAxis(comparisons: readonly AnyComparison[]): PictureScale {
  const ends = comparisons.flatMap(({ mean = 0, interval }) => [
    ...[0, mean],
    ...interval ? [interval.low, interval.high] : [],
  ]);
  return pictureScale(ends.map((end) => end * scale.factor));
}

function bandAndZero(axis: PictureScale, height: number) {
  const width = `${Number.parseFloat(axis.at(BAND)) - Number.parseFloat(axis.at(-BAND))}%`;
  return svg`${
    BAND > 0
      ? svg`<rect class="band" x=${axis.at(-BAND)} width=${width} height=${height} />`
      : nothing
  }<line class="zero" x1=${axis.at(0)} x2=${axis.at(0)} y2=${height} />`;
}

function tickText(tick: number, axis: PictureScale): string {
  return formatSigned(tick, decimalsOf(axis));
}

function plain(tick: number, axis: PictureScale): string {
  return formatFixed(tick, decimalsOf(axis));
}

/** As many as its ticks need. */
function decimalsOf({ ticks }: PictureScale): number {
  const [tick = 1] = ticks;
  const step = ticks.length > 1 ? Math.abs(ticks[1] - ticks[0]) : Math.abs(tick) || 1;
  let decimals = 0;
  while (
    decimals < 9 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6
  ) {
    decimals++;
  }
  return decimals;
}

/** Of the inside of `curvesPicture()`: units across, which are stretched, and pixels down. */
const [WIDTH, HEIGHT] = [1000, 170];
/** The share of training, from its start, in which curves are far from where they end. */
const WARM_UP = 0.1;

/** A cell's learning curve: means of the metric over the seeds. */
type Curve = readonly { readonly step: number; readonly mean: number }[];

/** A cell's learning curve; undefined if the page has none. */
export function curveOf(name: string): Curve | undefined {
  const { curves } = data;
  const cell = curves?.cells.find((cell) => cell.name === name);
  const [measure] = curves?.measures ?? [];
  if (!curves || !cell || !measure) return undefined;
  const column = measure.columns.validation ?? measure.columns.train;
  return column === undefined
    ? undefined
    : curveLine(curves, cell, measure, { column, isDifference: false })?.points;
}

/** Learning curves of a cell or two, as far as the page has them, by step. */
export function curvesPicture(names: readonly string[], label: string): TemplateResult {
  const curves = names.map(curveOf);
  const dashes = dashesOf(names);
  const points = curves.flatMap((curve) => curve ?? []);
  const last = Math.max(1, ...points.map(({ step }) => step));
  const settled = curves.flatMap((curve = []) => {
    const own = Math.max(1, ...curve.map(({ step }) => step));
    return curve.flatMap(({ step, mean }) => step >= own * WARM_UP ? mean : []);
  });
  const axis = pictureScale(settled);
  const y = (value: number) => Math.round(HEIGHT * (axis.high - value) / (axis.high - axis.low));
  const pointsOf = (curve: Curve = []) =>
    curve.map(({ step, mean }) => `${Math.round(WIDTH * step / last)},${y(mean)}`).join(" ");
  return html`<svg class="picture curves" role="img" aria-label=${label}>
    <svg width="100%" height=${HEIGHT} viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">
      ${
    axis.ticks.map((tick) => svg`<line class="grid" x2=${WIDTH} y1=${y(tick)} y2=${y(tick)} />`)
  }
      ${
    curves.map((curve, index) =>
      svg`
        <polyline stroke=${colorOf(names[index])} stroke-dasharray=${dashes[index]}
          points=${pointsOf(curve)} />
      `
    )
  }
    </svg>
    ${axis.ticks.map((tick) => svg`<text x="0" y=${y(tick) - 4}>${plain(tick, axis)}</text>`)}
    <text x="0" y=${HEIGHT + 18}>step 0</text>
    <text class="end" x="100%" y=${HEIGHT + 18}>${formatCount(last)}</text>
  </svg>`;
}

/** Names of cells, each with the line that `curvesPicture()` draws it with. */
export function curvesKey(names: readonly string[]): TemplateResult {
  const dashes = dashesOf(names);
  return html`<p class="key">${
    names.map((name, index) =>
      curveOf(name)
        ? html`<span><svg width="28" height="4" aria-hidden="true"><line x2="28" y1="2" y2="2"
            stroke=${colorOf(name)} stroke-dasharray=${
          dashes[index]
        } /></svg><bdi>${name}</bdi></span>`
        : nothing
    )
  }</p>`;
}
