import { SLOTS } from "./charts/learning_curves_chart.ts";
import { staticChart } from "./charts/static_chart.ts";
import { contentPolicy } from "./content_policy.ts";
import type { Figure } from "./figure.ts";
import { figures, testFigures } from "./figures.ts";
import { countOf } from "../format_number.ts";
import { headline } from "../wording/headline.ts";
import { analysisOf } from "./analysis_of.ts";
import { jsonBlock, Markup, markup } from "./markup.ts";
import { loadPageAssets } from "./page_assets.ts";
import { rankCells } from "./report_cell.ts";
import type { ReportInput } from "./report_input.ts";
import { cellsTable } from "./sections/cells_table.ts";
import { figureSection } from "./sections/figure_section.ts";
import { howToRead } from "./sections/how_to_read.ts";
import { lostRuns } from "./sections/lost_runs.ts";
import { stoppedCells, stoppedNote } from "./sections/stopped_cells.ts";
import { heldOutScores } from "./sections/held_out_scores.ts";
import { whatWasRun } from "./sections/what_was_run.ts";
import { COLORS, pageConfig, pictureConfig } from "./theme.ts";

/**
 * Renders a sweep's report: one HTML file that needs nothing beside it and no network.
 *
 * The same input gives the same bytes. What comes from users' files ends up as text or in JSON
 * blocks only, and the page's own policy lets nothing run but the scripts written into it.
 */
export async function renderReport(input: ReportInput): Promise<string> {
  const { manifest, runs } = input;
  const { experiment, dataset } = manifest;
  const { style, scriptlessStyle, scripts } = await loadPageAssets();
  const cells = rankCells(input);
  const analysis = analysisOf(input);
  const { finding, remarks } = headline(analysis, manifest);
  const before = figures(cells, input, analysis);
  const onTest = testFigures(cells, input, analysis);
  const drawn = [...before, ...onTest];
  const policy = await contentPolicy([style, scriptlessStyle], scripts);
  const [main] = drawn.flatMap(({ charts }) => charts);
  const still = main && new Markup(await staticChart(main.spec, pageConfig()));
  const extent = `${countOf(cells.length, "cell")} × ${countOf(experiment.seeds.length, "seed")}`;
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
<p class="finding">${finding}</p>
<div class="remarks">
${remarks.map((remark) => markup`<p>${remark}</p>`)}
</div>
<p class="extent">${extent} on <bdi>${dataset.path}</bdi>${stoppedNote(input)}</p>
</header>
${lostRuns(runs, manifest)}
<noscript><p class="note">All charts but one need scripts; the figures are in the table.</p></noscript>
<p class="caption hint">Click a cell, or press ↑ and ↓ on a chart, to mark it everywhere; Escape
clears the mark.</p>
${before.map((figure) => figureSection(figure, figure.charts.includes(main) ? still : undefined))}
${heldOutScores(input, analysis)}
${onTest.map((figure) => figureSection(figure))}
${stoppedCells(input)}
<section>
<h2 id="cells">All cells</h2>
${cellsTable(cells, analysis)}
</section>
<section>
<h2>How to read the figures</h2>
${howToRead(analysis)}
</section>
<section>
<h2>What was run</h2>
${whatWasRun(manifest)}
</section>
<aside class="choice" aria-label="The cell chosen" data-empty>
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
function pageData(name: string, drawn: readonly Figure[]) {
  return {
    name,
    charts: drawn.flatMap(({ charts }) => charts),
    curves: drawn.flatMap(({ curves = [] }) => curves),
    colors: COLORS,
    slots: SLOTS,
    pageConfig: pageConfig(),
    pictureConfig: pictureConfig(),
  };
}
