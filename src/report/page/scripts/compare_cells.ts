import { html, nothing, render, type TemplateResult } from "lit-html";
import { formatCount, formatFixed } from "../../../format_number.ts";
import { type AnyComparison, isClearlyDifferent } from "../../../statistics/compare_any.ts";
import { shownValue } from "../../../wording/shown_values.ts";
import { differenceTexts } from "../../estimate.ts";
import { data } from "./page_data.ts";
import {
  baseline,
  cellNamed,
  comparisonOf,
  comparisonSentence,
  differenceText,
  runsOf,
  scale,
  verdictWord,
} from "./pairs.ts";
import {
  curveOf,
  curvesKey,
  curvesPicture,
  differencePicture,
  intervalPicture,
  sharedAxis,
  signed,
} from "./pictures.ts";
import { changeState, currentState, onStateChange, type PageState } from "./state.ts";

const { criteria } = data.compared;
/** Names with a result, best first. */
const NAMES = data.cells.filter((_, place) => data.compared.cells[place].mean !== undefined)
  .map(({ name }) => name);
/** With more cells, a field suggests names instead of listing them all. */
const MOST_OPTIONS = 60;
/** What a pair of runs has in common. */
const WORD = data.compared.replicates.some(([, fold]) => fold !== undefined) ? "run" : "seed";
/** Nobody reads more rows than this. */
const MOST_ROWS = 200;

/** Lets the reader compare any two cells, and all cells with one that is not the baseline. */
export function listenForComparisons(): void {
  const place = document.querySelector<HTMLElement>(".compared");
  if (!place) return;
  const show = (state: PageState) => render(view(state), place);
  onStateChange((state, before) => {
    const isSame = (["compared", "against", "marked", "filtered"] as const)
      .every((key) => state[key] === before[key]);
    if (!isSame) show(state);
  });
  show(currentState());
}

/** Goes to the comparison of a cell with another, which the reader may then change. */
export function compareWith(name: string, other: string): void {
  changeState({ compared: [name, other] });
  goTo(".compared .pair");
}

/** Goes to the differences of all cells from one. */
export function compareAllWith(name: string): void {
  changeState({ against: name });
  goTo(".compared .all");
}

function goTo(selector: string): void {
  const place = document.querySelector<HTMLElement>(selector);
  place?.scrollIntoView({ block: "start" });
  // Of two fields, that of the other cell.
  const fields = place?.querySelectorAll<HTMLElement>(".fields :is(select, input)") ?? [];
  fields[fields.length - 1]?.focus({ preventScroll: true });
}

function view({ compared, against, marked, filtered }: PageState): TemplateResult {
  const [first, second] = compared ?? usualPair();
  return html`
    <div class="pair">
        <p class="fields">
          ${field("Cell", first, (name) => changeState({ compared: [name, second] }))}
          <button type="button" class="swap" @click=${() =>
            changeState({ compared: [second, first] })}>Swap</button>
          ${field("compared with", second, (name) => changeState({ compared: [first, name] }))}
        </p>
        ${first === second ? html`<p>Choose two different cells.</p>` : pairView(first, second)}
      </div>
    <div class="all">
        <h3>All cells compared with one</h3>
        <p class="fields">${field(
          "Compare all cells with",
          against ?? baseline,
          (name) => changeState({ against: name }),
        )}</p>
        ${allView(against ?? baseline, { marked, filtered })}
      </div>
  `;
}

/** The best cell and the next, or the baseline: until the reader chooses. */
function usualPair(): readonly [string, string] {
  const [first = "", second = ""] = NAMES;
  return [first, second];
}

/** A choice of a cell: a list, or for very many cells a field that suggests names. */
function field(
  label: string,
  value: string,
  choose: (name: string) => void,
): TemplateResult {
  if (NAMES.length <= MOST_OPTIONS) {
    const onChange = ({ target }: Event) => choose((target as HTMLSelectElement).value);
    return html`<label>${label} <select @change=${onChange} .value=${value}>
      ${
      NAMES.map((name) => html`<option .selected=${name === value} value=${name}>${name}</option>`)
    }
    </select></label>`;
  }
  const onChange = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    if (NAMES.includes(input.value)) choose(input.value);
    else input.value = value;
  };
  return html`
    <label>${label} <input list="cell-names" autocomplete="off" spellcheck="false"
        @change=${onChange} .value=${value}></label>
    <datalist id="cell-names">${NAMES.map((name) =>
      html`<option value=${name}></option>`
    )}</datalist>
  `;
}

function pairView(first: string, second: string): TemplateResult {
  const comparison = comparisonOf(first, second);
  return html`
    <p class="comparison"
      role="status">${comparisonSentence(first, second, comparison)}</p>
        <p class="caption">${reasonText(comparison)}</p>
        ${comparison.differences.size > 0 ? picture(first, second, comparison) : nothing}
        ${settingsView(first, second)}
        ${curvesView(first, second)}
        ${seedsView(first, second, comparison)}
  `;
}

function picture(first: string, second: string, comparison: AnyComparison): TemplateResult {
  const label = `Differences of ${first} from ${second} by seed: ${differenceText(comparison)}`;
  return html`
    ${differencePicture(first, comparison, label)}
    <p class="caption">${[
      scale.differenceTitle,
      `small points are single ${WORD}s, the large one is the mean`,
    ].join(": ")}${comparison.interval ? ", the bar its interval" : ""}.</p>
  `;
}

/** What the interval holds for. */
function reasonText({ kind, interval, differences }: AnyComparison): string {
  if (differences.size < 2) return "It takes two pairs of runs to tell a difference from chance.";
  if (kind === "same") return "The settings in which they differ have no effect on any seed.";
  if (kind === "planned") {
    return "The report compares these two itself: interval and verdict are those of the " +
      "differences from the baseline.";
  }
  const pairs = formatCount(criteria.pairs);
  return interval
    ? `Any of ${pairs} pairs can be picked after the results are seen, so the interval is wide enough ` +
      "to hold for all of them together."
    : `The verdict allows for the choice among ${pairs} pairs.`;
}

/** The settings in which two cells differ. */
function settingsView(first: string, second: string): TemplateResult {
  const [own, other] = [cellNamed(first), cellNamed(second)];
  const rows = data.compared.swept.flatMap(([key, label]) => {
    const [a, b] = [own?.values[key] ?? "", other?.values[key] ?? ""].map(shownValue);
    return a === b ? [] : [{ key, label, a, b }];
  });
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label="What differs">
      <table class="settings">
        <thead>
          <tr>
            <th scope="col">What differs</th>
            <th scope="col"><bdi>${first}</bdi></th>
            <th scope="col"><bdi>${second}</bdi></th>
          </tr>
        </thead>
        <tbody>${rows.map(({ key, label, a, b }) =>
          html`
            <tr>
              <th scope="row">${label} <small><code>${key}</code></small></th>
              <td>${a || "–"}</td>
              <td>${b || "–"}</td>
            </tr>
          `
        )}</tbody>
      </table>
    </div>
    <p class="caption">All other settings are the same.</p>
  `;
}

function curvesView(first: string, second: string): TemplateResult | typeof nothing {
  const names = [first, second];
  const curves = names.map(curveOf);
  if (!curves.some((curve) => curve)) return nothing;
  const missing = curves.every((curve) => curve)
    ? ""
    : " The page does not have the other cell’s curve.";
  return html`<h3 class="minor">Learning curves</h3>
    ${curvesKey(names)}
    ${curvesPicture(names, `Learning curves of ${first} and ${second}`)}
    <p class="caption">${scale.axisTitle}, means over the seeds.${missing}</p>`;
}

function seedsView(
  first: string,
  second: string,
  { differences }: AnyComparison,
): TemplateResult {
  const others = new Map(runsOf(second).map((run) => [run.replicate, run]));
  const own = new Map(runsOf(first).map((run) => [run.replicate, run]));
  const replicates = [...new Set([...own.keys(), ...others.keys()])];
  const write = (run: { value?: number; status: string } | undefined) =>
    run?.value === undefined
      ? run && run.status !== "completed" ? run.status : "–"
      : formatFixed(run.value * scale.factor, scale.decimals) + scale.unit;
  const shown = replicates.slice(0, MOST_ROWS);
  return html`<details class="seeds"><summary>Seeds side by side</summary>
    <div class="scroll" tabindex="0" role="region" aria-label="Seeds side by side"><table>
    <thead><tr><th scope="col">Seed</th><th scope="col"><bdi>${first}</bdi></th>
      <th scope="col"><bdi>${second}</bdi></th><th scope="col">Difference</th></tr></thead>
    <tbody>${
    shown.map((replicate) => {
      const difference = differences.get(replicate);
      return html`
        <tr>
          <th scope="row">${replicate.replace(/^seed /, "")}</th>
          <td>${write(own.get(replicate))}</td>
          <td>${write(others.get(replicate))}</td>
          <td>${difference === undefined ? "–" : signed(difference)}</td>
        </tr>
      `;
    })
  }</tbody></table></div>
    ${
    shown.length < replicates.length
      ? html`<p class="caption">The first ${MOST_ROWS} of ${formatCount(replicates.length)}.</p>`
      : nothing
  }</details>`;
}

/** The cells that the filter selects, each compared with one of all cells. */
function allView(
  reference: string,
  { marked, filtered }: Pick<PageState, "marked" | "filtered">,
): TemplateResult {
  const names = NAMES.filter((name) => name !== reference && (filtered?.has(name) ?? true));
  const rows = names.slice(0, MOST_ROWS)
    .map((name) => ({ name, comparison: comparisonOf(name, reference) }));
  const axis = sharedAxis(rows.map(({ comparison }) => comparison));
  const clear = rows.filter(({ comparison }) => isClearlyDifferent(comparison)).length;
  return html`
    <p class="caption">${reference === baseline
      ? `These are the report’s own comparisons.`
      : `${reference} was chosen after the results were seen, so all intervals but that of ${baseline} ` +
        `are those that hold for all ${
          formatCount(criteria.pairs)
        } pairs of cells together.`} ${rows.length < names.length
      ? `Showing the best ${rows.length} of ${formatCount(names.length)}; ${clear} of these`
      : `${clear} of ${rows.length}`} ${clear === 1 ? "is" : "are"} clearly different.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Differences from ${reference}">
      <table class="differences-table">
        <thead>
          <tr>
            <th scope="col">Cell</th>
            <th scope="col">${scale.differenceTitle}</th>
            <th scope="col" class="wide">Interval</th>
            <th scope="col" class="text">Verdict</th>
          </tr>
        </thead>
        <tbody>${rows.map(({ name, comparison }) =>
          html`
            <tr ?data-chosen=${name === marked}>
              <th scope="row"><button type="button" @click=${() =>
                compareWith(name, reference)}><bdi>${name}</bdi></button></th>
              <td>${textsOf(comparison).difference}
                    <small>${textsOf(comparison).interval}</small></td>
              <td class="wide">${intervalPicture(name, comparison, axis)}</td>
              <td class="text verdict-${comparison.verdict}">${verdictWord(comparison)}</td>
            </tr>
          `
        )}</tbody>
      </table>
    </div>
  `;
}

/** `+0.1` and `−0.2 to 0.4`; a dash without a difference, and nothing without an interval. */
function textsOf({ mean, interval }: AnyComparison): ReturnType<typeof differenceTexts> {
  if (mean === undefined) return { difference: "–", interval: "" };
  const { factor } = scale;
  const ends = interval && { low: interval.low * factor, high: interval.high * factor };
  const texts = differenceTexts({ mean: mean * factor, ...ends }, scale);
  return interval ? texts : { ...texts, interval: "" };
}
