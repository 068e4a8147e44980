import { countOf, formatCount } from "../../format_number.ts";
import { COLLECTION_FILES, type CollectionManifest } from "../../results/collection_manifest.ts";
import { OTHER_FILES } from "../../results/result_files.ts";
import { measureOf } from "../../measures/metrics.ts";
import { metricScale } from "../../wording/metric_scale.ts";
import { friedmanSentence, pText, winsText } from "../../wording/answer_over_datasets.ts";
import {
  criticalDifferenceChart,
  isCutInDiagram,
  MOST_NAMED,
} from "../charts/critical_difference.ts";
import { staticChart } from "../charts/static_chart.ts";
import { Markup, markup } from "../markup.ts";
import { adviceHeading } from "../sections/answer_card.ts";
import { contentPolicy } from "../page/content_policy.ts";
import { documentStart } from "../page/document_start.ts";
import { loadCollectionStyle } from "../page/page_assets.ts";
import { checksumTable, fileLink } from "../sections/files_table.ts";
import { notesBlock, tagList } from "../sections/labels.ts";
import { type Section, sectionMarkup } from "../sections/section.ts";
import { pageConfig } from "../theme.ts";
import { wideTable } from "./_wide_table.ts";
import type { CollectionResults } from "./collection_results.ts";
import { datasetsTable, wordsOf } from "./datasets_table.ts";
import { ranksTable } from "./ranks_table.ts";
import { settingsTable } from "./settings_table.ts";

/** Cells that the table has; ranks.csv lists all. */
const MOST_CELLS = 50;
/** Which cells searches on several datasets have in common. */
const COMMON =
  "These are the cells that all datasets have: those that are not searched, those of the " +
  "first batch, and what else all searches proposed. ";

/**
 * Renders the page over several datasets: one HTML file without scripts, with links to the datasets'
 * own reports.
 *
 * The same input gives the same bytes. As in reports, users' text appears only as escaped text.
 */
export async function renderCollection(
  results: CollectionResults,
  { answer, files }: Pick<CollectionManifest, "answer" | "files">,
): Promise<string> {
  const { question, datasets } = results;
  const style = await loadCollectionStyle();
  const policy = await contentPolicy([style], []);
  const extent = datasets.length < question.datasets.length
    ? `${formatCount(datasets.length)} of ${countOf(question.datasets.length, "dataset")}`
    : countOf(datasets.length, "dataset");
  const page = markup`${documentStart(policy)}
<title>${question.name} · regsweep</title>
<style>${new Markup(style)}</style>
</head>
<body>
<main id="main">
<header>
<h1><bdi>${question.name}</bdi></h1>
<p class="question"><bdi>${question.description}</bdi></p>
${tagList(question.tags)}<section class="answer" aria-labelledby="answer">
<div class="found">
${adviceHeading(answer.advice)}
<p class="finding">${answer.finding}</p>
<p class="limit">${answer.limit}</p>
</div>
</section>
<p class="extent">${extent}</p>
${notesBlock(question.notes)}</header>
${(await sectionsOf(results, files)).map(sectionMarkup)}
</main>
</body>
</html>
`;
  return page.text;
}

async function sectionsOf(
  results: CollectionResults,
  files: CollectionManifest["files"],
): Promise<Section[]> {
  const { over, datasets, isSearched } = results;
  const ranks = over ? [await ranksSection(results, over)] : [];
  const each = datasets.length > 0 ? [datasetsSection(results)] : [];
  return [
    // Of searches, the cells that all datasets have are few.
    ...isSearched ? [...each, ...settingsSection(results), ...ranks] : [...ranks, ...each],
    ...over || isSearched ? [howToRead(results)] : [],
    {
      id: "files",
      heading: "Files",
      body: filesMarkup(files),
    },
  ];
}

async function ranksSection(
  results: CollectionResults,
  over: NonNullable<CollectionResults["over"]>,
): Promise<Section> {
  const words = placedNames(over, wordsOf(results));
  const table = ranksTable(over, words);
  const chart = new Markup(await staticChart(criticalDifferenceChart(over, words), pageConfig()));
  const rows = Math.min(table.rows, MOST_CELLS);
  const named = table.rows > MOST_NAMED
    ? ` The diagram has the ${MOST_NAMED / 2} best and the ${MOST_NAMED / 2} worst cells.`
    : "";
  const more = rows < table.rows
    ? markup`<p class="caption cells-more">The best ${rows} of ${countOf(table.rows, "cell")};
${COLLECTION_FILES.ranks} lists all.</p>`
    : markup``;
  return {
    id: "ranks",
    heading: "Cells over all datasets",
    body: markup`<p class="caption">${
      results.isSearched ? COMMON : ""
    }Mean ranks over the datasets, 1 being the best. A bar joins cells that
Nemenyi’s test does not tell apart: their mean ranks differ by less than the critical difference, CD.${named}
${friedmanSentence(over.friedman)}</p>
<div class="scroll diagram" tabindex="0" role="region" aria-label="Critical-difference diagram">
<figure class="chart">${chart}</figure>
</div>
${wideTable({ ...table, rows }, { label: "Cells over all datasets", more })}`,
  };
}

/** What cells are called: with their places in front where the diagram cuts names, which begin alike. */
function placedNames(
  { cells }: NonNullable<CollectionResults["over"]>,
  words: (cell: string) => string,
): (cell: string) => string {
  if (!cells.some(({ cell }) => isCutInDiagram(words(cell)))) return words;
  const places = new Map(cells.map(({ cell }, index) => [cell, index + 1]));
  return (cell) => `${places.get(cell)}. ${words(cell)}`;
}

function datasetsSection(results: CollectionResults): Section {
  const table = datasetsTable(results);
  const { noun, direction } = metricScale(results.question.metric);
  return {
    id: "datasets",
    heading: "Datasets",
    body:
      markup`<p class="caption">Each dataset was swept by itself; its name leads to its report. The best
cell is the one with the best mean of ${noun}${direction} there.${testedSentence(results)}</p>
${
        wideTable(table, {
          label: "Datasets",
          className: "datasets",
          link: (name) => {
            const path = `${encodeURIComponent(name)}/${OTHER_FILES.report.name}`;
            return markup`<a href="${path}"><bdi>${name}</bdi></a>`;
          },
        })
      }`,
  };
}

/** What the cells that searches selected have in common; none before there are two. */
function settingsSection(results: CollectionResults): Section[] {
  const { datasets } = results;
  const table = settingsTable(results);
  if (!table || datasets.length < 2) return [];
  return [{
    id: "in-common",
    heading: "What the selected cells have in common",
    body:
      markup`<p class="caption">On how many of the ${datasets.length} datasets the selected cell has a
regularizer. The best of many cells also has what it came with by chance: each dataset’s report says how
sure it is that a regularizer goes with being good.</p>
${wideTable(table, { label: "Regularizers of the selected cells", className: "in-common" })}`,
  }];
}

/** How the cells that were selected compare with the baseline on the rows that selected nothing. */
function testedSentence({ tested, testMeasure }: CollectionResults): string {
  const compared = tested?.cells.find(({ compared }) => compared)?.compared;
  if (!compared || testMeasure === undefined) return "";
  const test = compared.pValue === undefined
    ? ""
    : ` (Wilcoxon’s signed-rank test, ${pText(compared.pValue)})`;
  return ` By ${measureOf(testMeasure).label} on the test rows, which selected nothing, ` +
    `the best cell ${winsText(compared)} against the baseline${test}.`;
}

function howToRead({ uncompared, isSearched }: CollectionResults): Section {
  const left = uncompared === 0
    ? ""
    : isSearched
    ? " A search proposes cells by the results on its dataset. So each dataset’s selected cell is compared " +
      "with the baseline, on test rows, and cells only where all datasets have them: " +
      `${countOf(uncompared, "cell")} ${uncompared === 1 ? "is" : "are"} left out.`
    : ` ${countOf(uncompared, "cell")} ${uncompared === 1 ? "is" : "are"} left out, because ${
      uncompared === 1 ? "it was" : "they were"
    } stopped early on some dataset or ${uncompared === 1 ? "does" : "do"} not exist there.`;
  return {
    id: "how-to-read",
    heading: "How to read the numbers",
    body:
      markup`<p>Each dataset counts once, however many rows and seeds it has: what is said here is about
datasets like these.${left}</p>
<p>A cell wins on a dataset if its mean there is better than the baseline’s, and clearly if the verdict of
that dataset’s report says so. The verdict here is that of Wilcoxon’s signed-rank test of the differences
from the baseline, after Holm’s correction for all cells: below 0.05, a cell is better or worse. Nemenyi’s
test is about mean ranks, and corrects for all pairs of cells.</p>
<p>Source: Demšar, Statistical Comparisons of Classifiers over Multiple Data Sets (2006).</p>`,
  };
}

/** The files beside the page with their checksums, and in a foldout those that they are made from. */
function filesMarkup(files: CollectionManifest["files"]): Markup {
  const { own = [], others = [] } = Object.groupBy(
    Object.entries(files),
    ([name]) => name.includes("/") ? "others" : "own",
  );
  const sources = others.length === 0 ? markup`` : markup`<details class="more-numbers">
<summary>The ${countOf(others.length, "file")} that these are made from</summary>
${checksumTable(others, "Files that these are made from, and their checksums")}
</details>`;
  return markup`<p class="caption">${
    fileLink(COLLECTION_FILES.manifest)
  } has all of these checksums, and
that of this page.</p>
${checksumTable(own, "Files and their checksums")}
${sources}`;
}
