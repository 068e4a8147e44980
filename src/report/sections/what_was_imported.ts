import { countOf, formatCount } from "../../format_number.ts";
import type { ImportedManifest } from "../../results/manifest.ts";
import { OTHER_FILES } from "../../results/result_files.ts";
import { type Markup, markup } from "../markup.ts";
import { fileLink, filesTable } from "./files_table.ts";

/** Names of seeds that are listed; the manifest has all. */
const MOST_NAMES = 20;

/** Where imported runs come from: all that is known of them. */
export function whatWasImported({ experiment, imported, runs, files }: ImportedManifest): Markup {
  const { columns, rows, leftOut, where, seedNames, overlap, checksum } = imported;
  const failed = runs.failed > 0
    ? markup`; ${formatCount(runs.failed)} without a value count as failed`
    : "";
  const facts: (readonly [string, Markup | string])[] = [
    ["Table", markup`<code>${experiment.file}</code>, SHA-256 <code>${checksum}</code>`],
    ["Cells", markup`from ${columnsText(columns.cell)}`],
    ["Seeds", seedsText(columns.seed, seedNames)],
    [
      "Metric",
      markup`from ${columnsText(columns.metric)}; ${
        experiment.largerIsBetter ? "larger" : "smaller"
      } is better`,
    ],
    ...where.length > 0
      ? [
        [
          "Rows",
          markup`those with ${codes(where)}: ${formatCount(rows)} of ${
            countOf(rows + leftOut, "row")
          }`,
        ] as const,
      ]
      : [],
    ["Runs", markup`${countOf(runs.total, "run")} in ${countOf(rows, "row")}${failed}`],
    ...overlap === undefined ? [] : [
      [
        "Overlap",
        `${overlap} validation rows per training row, as whoever imported them says`,
      ] as const,
    ],
    ["Checked", "nothing: the runs cannot be computed again"],
    ["For programs", markup`${fileLink(OTHER_FILES.manifest.name)} has all of this`],
  ];
  return markup`<dl>
${facts.map(([term, fact]) => markup`<div><dt>${term}</dt><dd>${fact}</dd></div>`)}
</dl>
${filesTable(files)}`;
}

/** Stands at the top of the report. */
export function importedNote({ experiment, imported }: ImportedManifest): Markup {
  return markup`<p class="note"><strong>Imported.</strong> These runs are from <code>${experiment.file}</code>
(SHA-256 <code>${
    imported.checksum.slice(0, SHOWN_DIGITS)
  }</code>…). regsweep computed the statistics,
not the runs: it cannot recompute or verify them.</p>
`;
}

/** Enough of a checksum to tell a file from another. */
const SHOWN_DIGITS = 12;

function columnsText(columns: readonly string[]): Markup {
  return columns.length === 1
    ? markup`column ${codes(columns)}`
    : markup`columns ${codes(columns)}`;
}

function codes(names: readonly string[]): Markup {
  const shown = names.slice(0, MOST_NAMES).map((name) => markup`<code>${name}</code>`);
  const more = names.length - shown.length;
  const all = shown.reduce((before, name) => markup`${before}, ${name}`);
  return more > 0 ? markup`${all} and ${formatCount(more)} more` : all;
}

function seedsText(columns: readonly string[], names: readonly string[] | undefined): Markup {
  const source = columns.length === 0
    ? markup`from the names of the columns of the metric`
    : markup`from ${columnsText(columns)}`;
  if (!names) return source;
  const more = names.length - MOST_NAMES;
  const list = names.slice(0, MOST_NAMES).map((name, index) =>
    markup`${String(index + 1)} = <bdi>${name}</bdi>`
  ).reduce((before, name) => markup`${before}, ${name}`);
  return markup`${source}, numbered as they appear: ${list}${
    more > 0 ? ` and ${formatCount(more)} more` : ""
  }`;
}
