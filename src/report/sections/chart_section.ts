import { type CellCurve, type Chart, type ChartGroup, MOST_ROWS } from "../charts/chart.ts";
import { type Markup, markup } from "../markup.ts";
import type { Section } from "./section.ts";

/** Pixels beyond which a chart has so many rows that paper must not shrink them. */
const TALL = 600;
/** With more, the legend of learning curves starts folded; styles/switches.css has the same number. */
const MOST_SWITCHES = 12;

/**
 * A section with a caption, and an empty place per chart that the page's script fills.
 *
 * @param still What replaces the first chart if scripts are off.
 */
export function chartSection(group: ChartGroup, still?: Markup): Section {
  const { id, heading, caption, charts, table, curves, trainingLabel = "", isSecondary } = group;
  const body = markup`<p class="caption">${caption}</p>
${curves ? switches(curves, trainingLabel) : markup``}
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

/**
 * The legend of the learning curves: one switch per cell, its line drawn by the page's script. A
 * long one starts folded: with the first cells, and those that are drawn.
 */
function switches(curves: readonly CellCurve[], trainingLabel: string): Markup {
  const isLong = curves.length > MOST_SWITCHES;
  return markup`<fieldset class="legend"${isLong ? markup` data-folded` : markup``}>
<legend>Cells shown</legend>
${curves.map(({ name, isShown }, index) => oneSwitch(name, index, isShown))}
${
    isLong
      ? markup`<button type="button" class="more">Show all ${curves.length} cells</button>`
      : markup``
  }
</fieldset>
${curves.some(({ train }) => train) ? trainingSwitch(trainingLabel) : markup``}`;
}

function trainingSwitch(label: string): Markup {
  return markup`<label class="option"><input type="checkbox"> ${label}</label>`;
}

const SAMPLE =
  markup`<svg viewBox="0 0 28 4" aria-hidden="true"><line x2="28" y1="2" y2="2" stroke-width="3"/></svg>`;

function oneSwitch(name: string, index: number, isOn: boolean): Markup {
  const checked = isOn ? markup` checked` : markup``;
  const input = markup`<input type="checkbox" value="${index}"${checked}>`;
  return markup`<label>${input}${SAMPLE}<bdi>${name}</bdi></label>`;
}
