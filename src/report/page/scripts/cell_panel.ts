import { html, nothing, render, type TemplateResult } from "lit-html";
import { INSTALLED_NAMES } from "../../../command_text.ts";
import { formatFixed } from "../../../format_number.ts";
import { shownValue } from "../../../wording/shown_values.ts";
import { trainCommand } from "../../train_command.ts";
import { compareAllWith, compareWith } from "./compare_cells.ts";
import { copyText } from "./copy_text.ts";
import { keepChoice, keptChoice } from "./kept_choice.ts";
import { data } from "./page_data.ts";
import {
  baseline,
  cellNamed,
  comparisonOf,
  comparisonSentence,
  type PageRun,
  runsOf,
  scale,
} from "./pairs.ts";
import { curveOf, curvesPicture } from "./pictures.ts";
import { currentState, onStateChange } from "./state.ts";

/** Digits of a key that tell runs apart. */
const DIGITS = 10;
/** Seconds that a button says what it has done. */
const SECONDS = 2;
/** Absent if the runs were imported. */
const { task } = data.compared;
/** How a command can be called: as the installed one, or by a clone's tasks. */
const CALLERS = [INSTALLED_NAMES.name, "deno task, in a clone"];
/** Where the browser keeps which of them the reader has chosen, by its place. */
const CALLER_KEY = "regsweep-caller";
/** From this width on, the panel stands beside the page; below, it covers it. */
const BESIDE = matchMedia("(min-width: 64rem)");

/** The run whose command is shown, by its place among the cell's runs. */
let shownRun = 0;
/** The place of the caller that the reader has chosen. */
let shownCaller = keptChoice(CALLER_KEY) === "1" ? 1 : 0;
/** What had the focus before the panel was opened. */
let opener: HTMLElement | null = null;

/** Lets the reader open a panel on the marked cell. */
export function listenForPanel(): void {
  const panel = document.querySelector<HTMLDialogElement>("dialog.panel");
  const button = document.querySelector<HTMLElement>(".choice [value=details]");
  if (!panel || !button) return;
  button.addEventListener("click", () => open(panel));
  document.addEventListener("keydown", (event) => {
    const isTyping = (event.target as Element).closest("input, select, textarea");
    if (event.key !== "Enter" || isTyping || !event.shiftKey) return;
    if (currentState().marked === null) return;
    event.preventDefault();
    open(panel);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    // The mark stays: Escape clears it where no panel is open.
    event.preventDefault();
    event.stopPropagation();
    panel.close();
  });
  panel.addEventListener("close", () => {
    document.body.removeAttribute("data-panel");
    dispatchEvent(new Event("resize"));
    opener?.focus();
    opener = null;
  });
  // What covers the page and what stands beside it are opened in different ways.
  BESIDE.addEventListener("change", () => {
    if (panel.open) panel.close();
  });
  onStateChange(({ marked }, before) => {
    if (marked === before.marked) return;
    shownRun = 0;
    if (!panel.open) return;
    if (marked === null) panel.close();
    else show(panel, marked);
  });
}

function open(panel: HTMLDialogElement): void {
  const { marked } = currentState();
  if (marked === null || panel.open) return;
  opener = document.activeElement instanceof HTMLElement ? document.activeElement : null;
  show(panel, marked);
  if (BESIDE.matches) panel.show();
  else panel.showModal();
  document.body.toggleAttribute("data-panel", BESIDE.matches);
  dispatchEvent(new Event("resize"));
  panel.querySelector<HTMLElement>("button")?.focus();
}

function show(panel: HTMLDialogElement, name: string): void {
  render(view(name, panel), panel);
}

function view(name: string, panel: HTMLDialogElement): TemplateResult {
  const cell = cellNamed(name);
  const runs = runsOf(name);
  const leave = (go: () => void) => () => {
    if (!BESIDE.matches) {
      // The focus goes on, not back.
      opener = null;
      panel.close();
    }
    go();
  };
  const others = [baseline, ...data.cells.map(({ name }) => name)]
    .filter((other) => other !== name && cellNamed(other)?.mean !== undefined);
  const other = cell?.mean === undefined ? undefined : others[0];
  return html`<header><h2 id="panel-heading"><bdi>${name}</bdi></h2>
    <button type="button" class="plain" @click=${() => panel.close()}>Close</button></header>
    ${
    cell && cell.csvName !== name
      ? html`<p class="caption">In the CSV files: <code>${cell.csvName}</code></p>`
      : nothing
  }
    <p>${cell?.mean === undefined ? "No run completed." : html`Mean ${scale.noun}: ${cell.mean}.`}
      ${cell?.test === undefined ? nothing : html`<br>${cell.test}.`}</p>
    ${name === baseline ? html`<p>It is the baseline.</p>` : comparisonView(name)}
    <p class="actions">
      ${
    other === undefined ? nothing : html`
      <button type="button" class="plain" @click=${leave(() =>
        compareWith(name, other)
      )}>Compare with another cell</button>
      <button type="button" class="plain" @click=${leave(() =>
        compareAllWith(name)
      )}>Compare all cells with it</button>
    `
  }</p>
    <h3>Runs</h3>${runsView(runs)}
    ${commandView(name, runs, panel)}
    ${settingsView(name)}
    ${curveView(name)}`;
}

function comparisonView(name: string): TemplateResult {
  return html`<p>${comparisonSentence(name, baseline, comparisonOf(name, baseline))}</p>`;
}

function runsView(runs: readonly PageRun[]): TemplateResult {
  return html`
    <div class="scroll runs" tabindex="0" role="region" aria-label="Runs">
      <table>
        <thead>
          <tr>
            <th scope="col">Seed</th>
            <th scope="col">${scale.axisTitle}</th>
            <th scope="col" class="text">${task === undefined ? "In the table" : "Key"}</th>
          </tr>
        </thead>
        <tbody>${runs.map(({ replicate, value, status, key }) =>
          html`
            <tr>
              <th scope="row">${replicate.replace(/^seed /, "")}</th>
              <td>${value === undefined
                ? status === "completed" ? "–" : status
                : formatFixed(value * scale.factor, scale.decimals)}</td>
              <td class="text">${task === undefined ? key : keyView(key, replicate)}</td>
            </tr>
          `
        )}</tbody>
      </table>
    </div>
  `;
}

function keyView(key: string, replicate: string): TemplateResult {
  return html`
    <code title=${key}>${key.slice(0, DIGITS)}</code>
    <button type="button" class="plain" aria-label="Copy the key of ${replicate}"
      @click=${(
        event: Event,
      ) => copy(key, event.currentTarget as HTMLElement)}>Copy</button>
  `;
}

/** How to train a run again; nothing where that is not possible. */
function commandView(
  name: string,
  runs: readonly PageRun[],
  panel: HTMLDialogElement,
): TemplateResult | typeof nothing {
  const run = runs[shownRun];
  if (!run || task === undefined) return nothing;
  const { csvName = name } = cellNamed(name) ?? {};
  const command = trainCommand(
    { ...run, cell: csvName },
    task,
    shownCaller === 0 ? INSTALLED_NAMES : undefined,
  );
  const words = command.split(" ").map((word, index) =>
    html`${index === 0 ? "" : " "}<span>${word}</span>`
  );
  const copyIt = ({ currentTarget }: Event) => copy(command, currentTarget as HTMLElement);
  const onChange = ({ target }: Event) => {
    shownRun = (target as HTMLSelectElement).selectedIndex;
    show(panel, name);
  };
  const onCaller = ({ target }: Event) => {
    shownCaller = (target as HTMLSelectElement).selectedIndex;
    keepChoice(CALLER_KEY, String(shownCaller));
    show(panel, name);
  };
  return html`
    <h3>Train one again</h3>
    <p
      class="fields"><label>Run <select name="run" @change=${onChange}>${runs.map((
        { replicate },
        index,
      ) =>
        html`<option .selected=${index === shownRun}>${replicate}</option>`
      )}</select></label> <label>Called by <select name="caller" @change=${onCaller}>${CALLERS.map(
        (caller, index) => html`<option .selected=${index === shownCaller}>${caller}</option>`,
      )}</select></label></p>
    <p
      class="command"><code>${words}</code> <button type="button" class="plain" @click=${copyIt}>Copy</button></p>
    <p class="caption">In the folder of this report. It prints the same figures, and the digest in
        runs.csv.</p>
  `;
}

function settingsView(name: string): TemplateResult | typeof nothing {
  const cell = cellNamed(name);
  const swept = data.compared.swept.flatMap(([key]) => {
    const value = cell?.values[key] ?? "";
    return value === "" ? [] : [[key, shownValue(value)] as const];
  });
  const all = [...swept, ...data.compared.fixed];
  if (all.length === 0 && task === undefined) return nothing;
  return html`
    <h3>Settings</h3>
    <dl class="config">${all.map(([key, value], index) =>
      html`
        <div class=${index < swept.length ? "swept" : ""}>
          <dt><code>${key}</code></dt>
          <dd>${value}</dd>
        </div>
      `
    )}</dl>
    ${task === undefined ? nothing : html`
      <p class="caption">Settings that the experiment does not name have their defaults;
        experiment.yaml has all of them.</p>
    `}
  `;
}

function curveView(name: string): TemplateResult | typeof nothing {
  if (!curveOf(name)) return nothing;
  return html`<h3>Learning curve</h3>${
    curvesPicture([name], `Learning curve of ${name}`)
  }<p class="caption">${scale.axisTitle}, mean over the seeds.</p>`;
}

/** Copies a text, and says so on the button for a moment. */
async function copy(text: string, button: HTMLElement): Promise<void> {
  const isCopied = await copyText(text);
  button.textContent = isCopied ? "Copied" : "Not copied";
  setTimeout(() => button.textContent = "Copy", 1000 * SECONDS);
}
