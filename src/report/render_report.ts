import { countOf } from "../format_number.ts";
import { seedsTaken } from "../wording/describe_looks.ts";
import { headline } from "../wording/headline.ts";
import { analysisOf, withIntervals } from "./analysis_of.ts";
import { answerOf } from "./answer_of.ts";
import { chartGroups, detailChartGroups } from "./charts/chart_groups.ts";
import { staticChart } from "./charts/static_chart.ts";
import { withDisplayNames } from "./display_names.ts";
import { liveNote, livePage } from "./live_note.ts";
import { Markup, markup } from "./markup.ts";
import { compressText } from "./page/compress_text.ts";
import { contentPolicy } from "./page/content_policy.ts";
import { documentStart } from "./page/document_start.ts";
import { loadPageAssets } from "./page/page_assets.ts";
import { pageData } from "./page_data.ts";
import { rankCells } from "./report_cell.ts";
import type { ReportInput } from "./report_input.ts";
import { answerCard } from "./sections/answer_card.ts";
import { cellsTable } from "./sections/cells_table.ts";
import { chartSection } from "./sections/chart_section.ts";
import { comparedSection } from "./sections/compared_section.ts";
import { contents, type Section, sectionMarkup } from "./sections/section.ts";
import { heldOutScores } from "./sections/held_out_scores.ts";
import { howToRead } from "./sections/how_to_read.ts";
import { notesBlock, tagList } from "./sections/labels.ts";
import { lostRuns } from "./sections/lost_runs.ts";
import { sameCells } from "./sections/same_cells.ts";
import { stoppedNote } from "./sections/stopped_cells.ts";
import { importedNote, whatWasImported } from "./sections/what_was_imported.ts";
import { whatWasRun } from "./sections/what_was_run.ts";
import { makeCellTable } from "./table/make_cell_table.ts";
import { pageConfig } from "./theme.ts";

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
  const { style, scriptlessStyle, firstScript, startScript, script, libraries } =
    await loadPageAssets();
  const told = headline(analysisOf(named), named.manifest, named.confusion);
  const results = chartGroups(cells, input, analysis);
  const details = detailChartGroups(cells, input, analysis);
  const drawn = [...results, ...details];
  const policy = await contentPolicy([style, scriptlessStyle], [firstScript, startScript], [
    script.hash,
    libraries.hash,
  ]);
  const [main] = drawn.flatMap(({ charts }) => charts);
  const still = main && new Markup(await staticChart(main.spec, pageConfig()));
  const { folds } = analysis.question;
  const seeds = experiment.looks
    ? `${seedsTaken(input.cells, { folds })} seeds`
    : countOf(experiment.seeds.length, "seed");
  const extent = `${countOf(cells.length, "cell")} × ${seeds}${
    folds === undefined ? "" : ` × ${countOf(folds, "fold")}`
  }`;
  const table = makeCellTable(cells, { analysis, manifest, test: input.test });
  const sections: Section[] = [
    ...heldOutScores(input, analysis),
    ...results.slice(0, 1).map((group) => chartSection(group, still)),
    { id: "cells", heading: "All cells", body: cellsTable(cells, table, analysis) },
    ...comparedSection(cells),
    ...results.slice(1).map((group) => chartSection(group)),
    {
      id: "how-to-read",
      heading: "How to read the numbers",
      body: howToRead(analysis, dataset, told),
    },
    ...details.map((group) => chartSection(group)),
    manifest.imported
      ? { id: "imported", heading: "Where the runs come from", body: whatWasImported(manifest) }
      : { id: "what-was-run", heading: "What was run", body: whatWasRun(manifest) },
  ];
  const page = markup`${documentStart(policy)}
<title>${experiment.name} · regsweep</title>
<script>${new Markup(firstScript)}</script>
<style>${new Markup(style)}</style>
<noscript><style>${new Markup(scriptlessStyle)}</style></noscript>
</head>
<body>
<a class="skip" href="#main">Skip to the report</a>
${contents(sections)}
<main id="main">
<header>
<h1><bdi>${experiment.name}</bdi></h1>
<p class="question"><bdi>${experiment.description}</bdi></p>
${tagList(experiment.tags)}${manifest.imported ? importedNote(manifest) : ""}${
    liveNote(livePage(manifest.unfinished))
  }${answerCard(answerOf(named), told, named.manifest)}
<p class="extent">${extent}${dataset ? markup` on <bdi>${dataset.path}</bdi>` : ""}${
    stoppedNote(input)
  }</p>
${notesBlock(experiment.notes)}</header>
${lostRuns(runs, manifest)}
${sameCells(analysis)}
<noscript><p class="note">All charts except the first need scripts; the numbers are in the table.</p></noscript>
<p class="caption hint">Click a cell to mark it everywhere, or press ↑ and ↓ on a chart;
Shift+Enter opens its details, Escape clears the mark.</p>
${sections.map(sectionMarkup)}
<aside class="choice" aria-label="Marked cell" data-empty>
<p role="status"></p>
<button type="button" value="details" aria-haspopup="dialog">Details</button>
<button type="button" value="clear">Clear</button>
</aside>
<dialog class="panel" aria-labelledby="panel-heading"></dialog>
</main>
<script type="text/plain" id="report">${
    compressText(JSON.stringify(pageData({ input, cells, analysis }, table, drawn)))
  }</script>
<script type="text/plain" id="chart-libraries">${libraries.text}</script>
<script type="text/plain" id="page-script">${script.text}</script>
<script>${new Markup(startScript)}</script>
</body>
</html>
`;
  return page.text;
}
