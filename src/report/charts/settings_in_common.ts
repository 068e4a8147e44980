import type { TopLevelSpec } from "vega-lite";
import { countOf, formatCount } from "../../format_number.ts";
import type { SweptKey } from "../../results/manifest.ts";
import { areMeansComparable } from "../../statistics/are_means_comparable.ts";
import {
  type DrawnCell,
  type SharedSettings,
  sharedSettings,
} from "../../statistics/shared_settings.ts";
import type { HyperparameterValue } from "../../trainers/hyperparameter.ts";
import { pText } from "../../wording/answer_over_datasets.ts";
import { isOn } from "../../wording/describe_cell.ts";
import {
  isShown,
  type NamedSetting,
  oddsSentence,
  settingName,
  sharedSentences,
} from "../../wording/describe_shared.ts";
import { shownValue } from "../../wording/shown_values.ts";
import { toShown } from "../estimate.ts";
import { type Markup, markup } from "../markup.ts";
import type { ReportCell } from "../report_cell.ts";
import type { ReportInput } from "../report_input.ts";
import { differenceOf } from "./_difference_colors.ts";
import { FULL_WIDTH } from "./_layout.ts";
import { sampledAxes } from "./_sampled_design.ts";
import { wrappedRows } from "./_wrapped_rows.ts";
import type { ChartContext, ChartGroup } from "./chart.ts";

/** The first cells of more: tests of more take long, and find nothing else. */
const MOST_CELLS = 1000;
/** Digits of a threshold, and of odds. */
const THRESHOLD_DIGITS = 3;
const ODDS_DIGITS = 2;

/** A cell whose settings were drawn. */
interface Point extends DrawnCell {
  readonly values: Readonly<Record<string, HyperparameterValue>>;
}

/** What cells can have: a regularizer that is on, or strong. */
interface Trait extends Pick<NamedSetting, "label" | "how"> {
  has(point: Point): boolean;
}

/**
 * Which regularizers the best cells of a search or a sample have in common; undefined where cells are
 * no sample, too few, or differ in no regularizer.
 */
export function settingsInCommon(
  cells: readonly ReportCell[],
  input: ReportInput,
  context: ChartContext,
): ChartGroup | undefined {
  const { search, swept } = input.manifest.experiment;
  if (!search && !sampledAxes(cells, swept)) return undefined;
  const points = pointsOf(cells, input, context).slice(0, MOST_CELLS);
  const traits = swept.flatMap((key) => traitsOf(key, points));
  const shared = sharedSettings(points, traits.map(({ has }) => ({ has: points.map(has) })));
  if (!shared || traits.length === 0) return undefined;
  const settings = shared.settings
    .map((setting, at): NamedSetting => ({ ...traits[at], ...setting }))
    .sort((a, b) => (a.test?.pValue ?? 2) - (b.test?.pValue ?? 2));
  const isSearched = search !== undefined;
  return {
    id: "in-common",
    heading: "What the best cells have in common",
    caption: sharedSentences({ ...shared, settings, isSearched }).join(" "),
    charts: [{
      id: "common",
      title: "Settings of the best cells and of the others",
      spec: commonSpec(shared, settings),
    }],
    table: settingsTable(shared, settings, oddsSentence({ settings, isSearched })),
  };
}

/** The cells that vary several settings at once, in the order in which they were drawn. */
function pointsOf(
  cells: readonly ReportCell[],
  { manifest: { experiment }, runs, halving = [] }: ReportInput,
  { analysis, largerIsBetter }: ChartContext,
): Point[] {
  const ends = experiment.search?.found.map(({ cells }) => cells) ?? [Infinity];
  const batchOf = (index: number) => ends.findIndex((end) => index < end);
  const meritOf = (value: number | undefined) =>
    value === undefined ? -Infinity : largerIsBetter ? value : -value;
  const written = cells.toSorted((a, b) => a.index - b.index);
  const single = new Set(
    written.filter(({ technique }) => !technique.includes(" × ")).map(({ csvName }) => csvName),
  );
  const isByMean = areMeansComparable(runs, analysis.question);
  // Of cells that were stopped early, what all cells were compared by is known.
  const first = halving.filter(({ step }) => step === experiment.halving?.minSteps);
  const all = experiment.halving
    ? first.map(({ cell, values, mean }, index) => ({ cell, values, value: mean, index }))
    : written.map((cell) => ({
      ...{ cell: cell.csvName, values: cell.summary.values, index: cell.index },
      value: isByMean ? cell.metric?.mean : differenceOf(cell),
    }));
  return all.filter(({ cell, index }) => !single.has(cell) && batchOf(index) >= 0)
    .map(({ values, value, index }) => ({
      ...{ values, merit: meritOf(value), batch: batchOf(index) },
    }));
}

/** What cells can have of a regularizer; none if it is no regularizer, or the same in all cells. */
function traitsOf(
  { key, label, regularizer }: SweptKey,
  points: readonly Point[],
): Trait[] {
  if (!regularizer) return [];
  const has = ({ values }: Point) => isOn(values[key]);
  const on = points.filter(has);
  if (on.length === 0) return [];
  if (on.length < points.length) return [{ label, how: "on", has }];
  const strengths = points.flatMap(({ values }) =>
    typeof values[key] === "number" ? [values[key]] : []
  ).sort((a, b) => a - b);
  if (strengths.length < points.length || strengths[0] === strengths.at(-1)) return [];
  const middle = strengths[Math.floor((strengths.length - 1) / 2)];
  const text = shownValue(Number(middle.toPrecision(THRESHOLD_DIGITS)));
  return [{ label, how: `above ${text}`, has: ({ values }) => Number(values[key]) > middle }];
}

function commonSpec(
  { cells, best }: SharedSettings,
  settings: readonly NamedSetting[],
): TopLevelSpec {
  const rows = settings.map((setting, row) => ({
    ...{ row, name: settingName(setting), isShown: isShown(setting) },
    best: toShown(100 * setting.best / best),
    others: toShown(100 * setting.others / (cells - best)),
    ofBest: `${setting.best} of ${best}`,
    ofOthers: `${setting.others} of ${cells - best}`,
    ...{ odds: oddsText(setting), p: probabilityText(setting) },
  }));
  const { y, labels, height, usermeta } = wrappedRows(rows.map(({ name }) => name), "row");
  // Room for dots at the ends.
  const domain: number[] = [-2, 102];
  const ticks: number[] = [0, 25, 50, 75, 100];
  const x = {
    type: "quantitative",
    title: "Share of cells that have it (%)",
    scale: { domain, nice: false },
    axis: { values: ticks },
  } as const;
  const tooltip = [
    { field: "name", title: "Setting" },
    { field: "ofBest", title: "Best cells" },
    { field: "ofOthers", title: "Others" },
    { field: "odds", title: "Odds" },
    { field: "p", title: "p" },
  ];
  return {
    ...FULL_WIDTH,
    usermeta,
    description: `Settings of the best cells: ${
      rows.map(({ name, ofBest, ofOthers }) => `${name} ${ofBest}, others ${ofOthers}`).join("; ")
    }`,
    height,
    params: [labels],
    data: { values: rows },
    layer: [
      {
        mark: { type: "rule", style: "reference" },
        encoding: { y, x: { ...x, field: "others" }, x2: { field: "best" } },
      },
      {
        mark: { type: "point", filled: false, size: 70, strokeWidth: 2, style: "row" },
        encoding: { y, x: { ...x, field: "others" }, tooltip },
      },
      ...[true, false].map((isShown) => ({
        transform: [{ filter: isShown ? "datum.isShown" : "!datum.isShown" }],
        mark: {
          type: "point" as const,
          filled: true,
          size: 110,
          opacity: 1,
          style: isShown ? "effect" : "row",
        },
        encoding: { y, x: { ...x, field: "best" }, tooltip },
      })),
    ],
  };
}

function settingsTable(
  { cells, best }: SharedSettings,
  settings: readonly NamedSetting[],
  note: string,
): Markup {
  const headings = ["Setting", `${best} best`, `${cells - best} others`, "Odds", "p"];
  return markup`<details class="more-numbers">
<summary>${countOf(settings.length, "setting")}</summary>
<div class="scroll" tabindex="0" role="region" aria-label="Settings">
<table>
<thead><tr>
${headings.map((heading) => markup`<th scope="col">${heading}</th>`)}
</tr></thead>
<tbody>
${
    settings.map((setting) =>
      markup`<tr><th scope="row">${settingName(setting)}</th>
<td>${formatCount(setting.best)}</td><td>${formatCount(setting.others)}</td>
<td>${oddsText(setting)}</td><td>${probabilityText(setting)}</td></tr>`
    )
  }
</tbody>
</table>
</div>
<p class="caption">${note}</p>
</details>`;
}

/** `× 5.2 (1.4 to 31)`, with the 95% interval. */
function oddsText({ test }: NamedSetting): string {
  if (!test) return "–";
  const [odds, low, high] = [test.odds, test.low, test.high].map((value) =>
    value === Infinity ? "∞" : shownValue(Number(value.toPrecision(ODDS_DIGITS)))
  );
  return `× ${odds} (${low} to ${high})`;
}

function probabilityText({ test }: NamedSetting): string {
  return test ? pText(test.pHolm).replace("p = ", "") : "–";
}
