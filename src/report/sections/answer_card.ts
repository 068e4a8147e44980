import { formatFixed } from "../../format_number.ts";
import type { Answer, AnswerDifference, AnswerEstimate } from "../../results/answer.ts";
import type { Manifest } from "../../results/manifest.ts";
import { capitalized } from "../../wording/capitalized.ts";
import { className } from "../../wording/class_name.ts";
import { type CommonestClass, commonestClass } from "../../wording/commonest_class.ts";
import { cellNames, NO_REGULARIZATION } from "../../wording/describe_cell.ts";
import type { Headline } from "../../wording/headline.ts";
import { type Markup, markup } from "../markup.ts";
import { cellYaml } from "./cell_yaml.ts";
import { verdictChip } from "./verdict_chip.ts";

/** Characters from which on the advice is written smaller: names of cells can be long. */
const LONG = 60;

/** The parts of a manifest that the card shows. */
type CardSource = Pick<Manifest, "experiment" | "dataset" | "trainers" | "own" | "imported">;

/**
 * What people see first: what to do, the numbers behind it, what limits it, and the setting as YAML to
 * copy. All other remarks are folded away; paper has them.
 */
export function answerCard(
  answer: Answer,
  { unfinished, remarks }: Pick<Headline, "unfinished" | "remarks">,
  manifest: CardSource,
): Markup {
  const { advice, finding, limit, use, constant } = answer;
  const shown = figures(answer, manifest);
  // Another tool's settings are no experiment's.
  const yaml = use && !manifest.imported ? cellYaml(use.cell, manifest) : "";
  const rest = remarks.filter((remark) => remark !== limit && remark !== constant?.text);
  return markup`<section class="answer" aria-labelledby="answer">
<div class="found">
${adviceHeading(advice)}
<p class="finding">${finding}</p>
${shown.length === 0 ? "" : markup`<dl class="figures">\n${shown}\n</dl>`}
<p class="limit"${unfinished === undefined ? "" : markup` role="status"`}>${limit}</p>
</div>
${yaml === "" ? "" : useThis(yaml)}
${rest.length > 0 ? furtherRemarks(rest) : ""}
</section>`;
}

/** The heading of the card, by which it is named. */
export function adviceHeading(advice: string): Markup {
  return markup`<h2 id="answer"${advice.length > LONG ? markup` class="long"` : ""}>${advice}</h2>`;
}

function figures(answer: Answer, manifest: CardSource): Markup[] {
  const { use, compared, test, constant } = answer;
  const commonest = constant && commonestClass(manifest.dataset);
  return [
    ...use ? [estimate(use)] : [],
    ...test ? [estimate(test)] : [],
    ...commonest ? [constantFigure(commonest)] : [],
    ...compared ? [difference(compared, answer, manifest)] : [],
  ];
}

function estimate({ noun, text }: AnswerEstimate): Markup {
  return figure(capitalized(noun), inParts(text));
}

/** What always predicting the commonest class gets right. */
function constantFigure({ name, share }: CommonestClass): Markup {
  const term = name === undefined ? "the same class" : className(name);
  return figure(`Always predicting ${term}`, [
    `${formatFixed(100 * share, 1)}%`,
    "of all rows, for comparison",
  ]);
}

function difference(
  { cell, name, text, verdict }: AnswerDifference,
  { use }: Answer,
  manifest: CardSource,
): Markup {
  const words = cellNames(manifest)(manifest.experiment.baseline);
  const baseline = words === NO_REGULARIZATION ? words : "the baseline";
  const of = cell === use?.cell ? "" : ` of ${name}`;
  // The first figure says what was measured.
  const short = text.replace(` in ${use?.noun}`, "").replace(` of ${use?.noun}`, "");
  return figure(`Difference${of} from ${baseline}`, inParts(short), verdictChip(verdict));
}

/** `97.4%` and what is in brackets after it; `+1.7 points` and `on a single seed` after that. */
function inParts(text: string): [value: string, rest: string] {
  const match = text.match(/^(?<value>.*?)(?: \((?<bracket>.*)\)| (?<where>on .*))$/);
  const { value = text, bracket = "", where = bracket } = match?.groups ?? {};
  return [value, where];
}

function figure(term: string, [value, rest]: readonly [string, string], chip?: Markup): Markup {
  return markup`<div><dt>${term}</dt><dd><strong>${value}</strong>${chip ? markup` ${chip}` : ""}${
    rest === "" ? "" : markup`<small>${rest}</small>`
  }</dd></div>`;
}

function useThis(yaml: string): Markup {
  return markup`<aside class="use" aria-labelledby="use">
<h3 id="use">Use this</h3>
<p><span role="status"></span> <button type="button" data-copies="use-yaml" hidden>Copy</button></p>
<pre id="use-yaml" tabindex="0">${yaml}</pre>
</aside>`;
}

function furtherRemarks(remarks: readonly string[]): Markup {
  return markup`<details class="further">
<summary>How sure this is, and what else was found</summary>
<div class="remarks">
${remarks.map((remark) => markup`<p>${remark}</p>`)}
</div>
</details>`;
}
