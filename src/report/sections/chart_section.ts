import type { CellCurve, Chart, ChartGroup } from "../charts/chart.ts";
import { type Markup, markup } from "../markup.ts";

/**
 * A heading, a caption, and an empty place per chart that the page's script fills.
 *
 * @param still What replaces the first chart if scripts are off.
 */
export function chartSection(
  { heading, caption, charts, curves }: ChartGroup,
  still?: Markup,
): Markup {
  return markup`<section>
<h2>${heading}</h2>
<p class="caption">${caption}</p>
${curves ? switches(curves) : markup``}
<div class="charts">
${charts.map((chart, index) => place(chart, charts.length > 1, index === 0 ? still : undefined))}
</div>
</section>`;
}

function place({ id, title }: Chart, isOneOfSeveral: boolean, still?: Markup): Markup {
  return markup`<figure>
${isOneOfSeveral ? markup`<h3>${title}</h3>` : markup``}
<div class="chart" id="${id}" tabindex="0" role="group" aria-label="${title}"></div>
${still ? markup`<noscript><div class="chart">${still}</div></noscript>` : markup``}
<p class="save">Save as ${saveButton("svg")} ${saveButton("png")}</p>
</figure>`;
}

function saveButton(format: string): Markup {
  return markup`<button type="button" value="${format}">${format.toUpperCase()}</button>`;
}

/** The legend of the learning curves: one switch per cell, its colour set by the page's script. */
function switches(curves: readonly CellCurve[]): Markup {
  return markup`<fieldset class="legend">
<legend>Cells shown</legend>
${curves.map(({ name, isShown }, index) => oneSwitch(name, index, isShown))}
</fieldset>
${curves.some(({ train }) => train) ? TRAINING_SWITCH : markup``}`;
}

const TRAINING_SWITCH = markup`<label class="option"><input type="checkbox">
<span class="thin"></span>Show the curves on the training rows</label>`;

function oneSwitch(name: string, index: number, isOn: boolean): Markup {
  const checked = isOn ? markup` checked` : markup``;
  const input = markup`<input type="checkbox" value="${index}"${checked}>`;
  return markup`<label title="${name}">${input}<span></span><bdi>${name}</bdi></label>`;
}
