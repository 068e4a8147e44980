import { type Chart, type ChartGroup, MOST_ROWS } from "../charts/chart.ts";
import { type Markup, markup } from "../markup.ts";
import { curveControls } from "./curve_controls.ts";
import type { Section } from "./section.ts";

/** Pixels beyond which a chart has so many rows that paper must not shrink them. */
const TALL = 600;

/**
 * A section with a caption, and an empty place per chart that the page's script fills.
 *
 * @param still What replaces the first chart if scripts are off.
 */
export function chartSection(group: ChartGroup, still?: Markup): Section {
  const { id, heading, caption, charts, table, curves, isSecondary } = group;
  const body = markup`<p class="caption">${caption}</p>
${curves ? curveControls(curves) : markup``}
<div class="charts">
${charts.map((chart, index) => place(chart, charts.length > 1, index === 0 ? still : undefined))}
</div>
${table ?? markup``}`;
  return { id, heading, body, isSecondary };
}

function place(
  { id, title, spec, rows = 0 }: Chart,
  isOneOfSeveral: boolean,
  still?: Markup,
): Markup {
  const { height } = spec as { height?: unknown };
  const isTall = typeof height === "number" && height > TALL;
  const isLong = rows > MOST_ROWS;
  return markup`<figure${isTall ? markup` class="tall"` : markup``}${
    isLong ? markup` data-folded` : markup``
  }>
${isOneOfSeveral ? markup`<h3>${title}</h3>` : markup``}
<div class="chart" id="${id}" tabindex="0" role="group" aria-label="${title}"></div>
${still ? markup`<noscript><div class="chart">${still}</div></noscript>` : markup``}
${isLong ? markup`<button type="button" class="more">Show all ${rows} rows</button>` : markup``}
<p class="save">Save as ${saveButton("svg")} ${saveButton("png")}</p>
</figure>`;
}

function saveButton(format: string): Markup {
  return markup`<button type="button" value="${format}">${format.toUpperCase()}</button>`;
}
