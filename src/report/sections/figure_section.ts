import type { CellCurve, Chart, Figure } from "../figures.ts";
import { type Markup, markup } from "../markup.ts";

/** A figure's heading, its caption, and an empty place per chart that the page's script fills. */
export function figureSection({ heading, caption, charts, curves }: Figure): Markup {
  return markup`<section>
<h2>${heading}</h2>
<p class="caption">${caption}</p>
${curves ? switches(curves) : markup``}
<div class="charts">
${charts.map((chart) => place(chart, charts.length > 1))}
</div>
</section>`;
}

function place({ id, title }: Chart, isOneOfSeveral: boolean): Markup {
  return markup`<figure>
${isOneOfSeveral ? markup`<h3>${title}</h3>` : markup``}
<div class="chart" id="${id}"></div>
<p class="save">Save as ${saveButton("svg")} ${saveButton("png")}</p>
</figure>`;
}

function saveButton(format: string): Markup {
  return markup`<button type="button" value="${format}">${format.toUpperCase()}</button>`;
}

/** The legend of the learning curves: one switch per cell, its colour set by the page's script. */
function switches(curves: readonly CellCurve[]): Markup {
  return markup`<fieldset class="legend">
<legend>Cells drawn</legend>
${curves.map(({ name, isShown }, index) => oneSwitch(name, index, isShown))}
</fieldset>`;
}

function oneSwitch(name: string, index: number, isOn: boolean): Markup {
  const checked = isOn ? markup` checked` : markup``;
  const input = markup`<input type="checkbox" value="${index}"${checked}>`;
  return markup`<label title="${name}">${input}<span></span><bdi>${name}</bdi></label>`;
}
