import type { CurvesData } from "../charts/curve_series.ts";
import { capitalized } from "../../wording/capitalized.ts";
import { type Markup, markup } from "../markup.ts";

/**
 * With more, the legend of learning curves starts folded, with as many as styles/switches.css says: few
 * enough that unfolding it is worth a click.
 */
const MOST_SWITCHES = 16;

const SAMPLE =
  markup`<svg viewBox="0 0 28 4" aria-hidden="true"><line x2="28" y1="2" y2="2" stroke-width="3"/></svg>`;

/**
 * What a reader chooses of the learning curves: the measure, the rows and the way they are drawn; and a
 * legend with a switch per cell, its line drawn by the page's script. Names of controls are those of
 * `CurveSettings`.
 */
export function curveControls(curves: CurvesData): Markup {
  const { measures, cells, baseline, replicates } = curves;
  const hasParts = measures.some(({ columns }) => Object.keys(columns).length > 1);
  const isCompared = baseline !== undefined && cells.length > 1;
  const hasSeveralRuns = replicates.filter(Boolean).length > 1;
  return markup`<div class="curve-options" role="group" aria-label="What the curves show">
${
    measures.length > 1
      ? choice("measure", "Measure", measures.map(({ key, noun }) => [key, capitalized(noun)]))
      : ""
  }
${
    hasParts
      ? choice("rows", "Rows", [
        ["validation", "validation"],
        ["train", "training"],
        ["both", "both (training: thin lines)"],
      ])
      : ""
  }
${
    hasSeveralRuns
      ? choice("bands", "Bands", [
        ["auto", cells.length > 2 ? "of up to two cells" : "on"],
        ...cells.length > 2 ? [["all", "of all cells"] as const] : [],
        ["none", "off"],
      ])
      : ""
  }
${isCompared ? option("isDifference", "Difference from the baseline") : ""}
${hasSeveralRuns ? option("hasRuns", "Single runs (hairlines)") : ""}
${option("isLog", "Log steps")}
</div>
<p class="caption curve-note" role="status"></p>
${legend(curves)}`;
}

function choice(
  name: string,
  label: string,
  options: readonly (readonly [value: string, text: string])[],
): Markup {
  return markup`<label>${label} <select name="${name}">
${options.map(([value, text]) => markup`<option value="${value}">${text}</option>`)}
</select></label>`;
}

function option(name: string, label: string): Markup {
  return markup`<label><input type="checkbox" name="${name}"> ${label}</label>`;
}

/** One switch per cell; a long one starts folded: with the first cells, and those that are drawn. */
function legend({ cells }: CurvesData): Markup {
  const isLong = cells.length > MOST_SWITCHES;
  return markup`<fieldset class="legend"${isLong ? markup` data-folded` : markup``}>
<legend>Cells shown</legend>
${cells.map(({ name, isShown }, index) => oneSwitch(name, index, isShown))}
${
    isLong
      ? markup`<button type="button" class="more">Show all ${cells.length} cells</button>`
      : markup``
  }
</fieldset>`;
}

function oneSwitch(name: string, index: number, isOn: boolean): Markup {
  const checked = isOn ? markup` checked` : markup``;
  const input = markup`<input type="checkbox" value="${index}"${checked}>`;
  return markup`<label>${input}${SAMPLE}<bdi>${name}</bdi></label>`;
}
