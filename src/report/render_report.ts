import { countOf } from "../format_number.ts";
import { seedsTaken } from "../wording/describe_looks.ts";
import { headline } from "../wording/headline.ts";
import { analysisOf, withIntervals } from "./analysis_of.ts";
import type { ChartGroup } from "./charts/chart.ts";
import { chartGroups, detailChartGroups } from "./charts/chart_groups.ts";
import { DASHES } from "./charts/learning_curves.ts";
import { staticChart } from "./charts/static_chart.ts";
import { withDisplayNames } from "./display_names.ts";
import { jsonBlock, Markup, markup } from "./markup.ts";
import { contentPolicy } from "./page/content_policy.ts";
import { loadPageAssets } from "./page/page_assets.ts";
import { rankCells } from "./report_cell.ts";
import type { ReportInput } from "./report_input.ts";
import { cellsTable } from "./sections/cells_table.ts";
import { chartSection } from "./sections/chart_section.ts";
import { heldOutScores } from "./sections/held_out_scores.ts";
import { howToRead } from "./sections/how_to_read.ts";
import { lostRuns } from "./sections/lost_runs.ts";
import { sameCells } from "./sections/same_cells.ts";
import { stoppedNote } from "./sections/stopped_cells.ts";
import { whatWasRun } from "./sections/what_was_run.ts";
import { COLORS, pageConfig, pictureConfig } from "./theme.ts";

/**
 * Renders a sweep's report: one HTML file that needs nothing beside it and no network.
 *
 * The same input gives the same bytes. Users' text appears only as escaped text or in JSON blocks,
 * and the page's content security policy lets only its own scripts run.
 */
export async function renderReport(given: ReportInput): Promise<string> {
  const named = withIntervals(given);
  const { input, cells, analysis } = withDisplayNames({
    input: named,
    cells: rankCells(named),
    analysis: analysisOf(named),
  });
  const { manifest, runs } = input;
  const { experiment, dataset } = manifest;
  const { style, scriptlessStyle, scripts } = await loadPageAssets();
  const { unfinished, finding, remarks } = headline(
    analysisOf(named),
    named.manifest,
    named.confusion,
  );
  const results = chartGroups(cells, input, analysis);
  const details = detailChartGroups(cells, input, analysis);
  const drawn = [...results, ...details];
  const policy = await contentPolicy([style, scriptlessStyle], scripts);
  const [main] = drawn.flatMap(({ charts }) => charts);
  const still = main && new Markup(await staticChart(main.spec, pageConfig()));
  const { folds } = analysis.question;
  const seeds = experiment.looks
    ? `${seedsTaken(input.cells, { folds })} seeds`
    : countOf(experiment.seeds.length, "seed");
  const extent = `${countOf(cells.length, "cell")} × ${seeds}${
    folds === undefined ? "" : ` × ${countOf(folds, "fold")}`
  }`;
  const page = markup`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${experiment.name} · regsweep</title>
<style>${new Markup(style)}</style>
<noscript><style>${new Markup(scriptlessStyle)}</style></noscript>
</head>
<body>
<main>
<header>
<h1><bdi>${experiment.name}</bdi></h1>
<p class="question"><bdi>${experiment.description}</bdi></p>
${
    unfinished === undefined
      ? ""
      : markup`<p class="note" role="status">${unfinished}</p>\n`
  }<p class="finding">${finding}</p>
<div class="remarks">
${remarks.map((remark) => markup`<p>${remark}</p>`)}
</div>
<p class="extent">${extent}${dataset ? markup` on <bdi>${dataset.path}</bdi>` : ""}${
    stoppedNote(input)
  }</p>
</header>
${lostRuns(runs, manifest)}
${sameCells(analysis)}
<noscript><p class="note">All charts except the first need scripts; the numbers are in the table.</p></noscript>
<p class="caption hint">Click a cell to mark it everywhere, or press ↑ and ↓ on a chart;
Escape clears the mark.</p>
${heldOutScores(input, analysis)}
${results.map((group) => chartSection(group, group.charts.includes(main) ? still : undefined))}
<section>
<h2 id="cells">All cells</h2>
${cellsTable(cells, { analysis, manifest })}
</section>
<section>
<h2>How to read the numbers</h2>
${howToRead(analysis, dataset, { remarks })}
</section>
${details.map((group) => chartSection(group))}
<section>
<h2>What was run</h2>
${whatWasRun(manifest)}
</section>
<aside class="choice" aria-label="Marked cell" data-empty>
<p role="status"></p>
<button type="button">Clear</button>
</aside>
</main>
${jsonBlock("report", pageData(experiment.name, drawn))}
${scripts.map((script) => markup`<script>${new Markup(script)}</script>`)}
</body>
</html>
`;
  return page.text;
}

/** What the page's script draws. */
function pageData(name: string, drawn: readonly ChartGroup[]) {
  return {
    name,
    charts: drawn.flatMap(({ charts }) => charts),
    curves: drawn.flatMap(({ curves = [] }) => curves),
    colors: COLORS,
    dashes: DASHES,
    pageConfig: pageConfig(),
    pictureConfig: pictureConfig(),
  };
}
