import { commandText, INSTALLED_NAMES } from "../../command_text.ts";
import { countOf } from "../../format_number.ts";
import { listIntegers, listSome, listWords } from "../../list_words.ts";
import type { ManifestDataset, SweepManifest } from "../../results/manifest.ts";
import { OTHER_FILES } from "../../results/result_files.ts";
import { correctedTests } from "../../statistics/corrected_tests.ts";
import { formatValue } from "../../trainers/format_value.ts";
import {
  designSentences,
  metricSentence,
  seedsSentence,
  varianceSentence,
  verdictSentence,
} from "../../wording/sentences.ts";
import { markdownText } from "../markdown_text.ts";
import type { CitedSweep } from "./_cited_sweep.ts";

/** Files that put results into words, which can change with the version of regsweep. */
const TELLING: readonly string[] = [OTHER_FILES.citation, OTHER_FILES.appendix, OTHER_FILES.report]
  .map(({ name }) => name);
/** Settings that are named; the experiment has all. */
const MOST_SETTINGS = 12;
/** Values of a setting, and seeds, that are named. */
const MOST_VALUES = 10;

/** What to write into a paper's appendix, in Markdown. */
export function appendix({ manifest, authors, answer, analysis }: CitedSweep): string {
  const { experiment, dataset, files, versions, own } = manifest;
  const { advice, finding, limit, use, test } = answer;
  const estimates = [use, test].flatMap((estimate) =>
    estimate ? [`${estimate.noun} ${estimate.text}`] : []
  );
  const chosen = estimates.length > 0
    ? `${advice} (${listWords(estimates, "and")}).`
    : `${advice}.`;
  const hasComparisons = analysis.comparisons.length > 0;
  const startsPrograms = own?.some(({ kind }) => kind === "program") ?? false;
  const sections: readonly (readonly [heading: string, sentences: readonly string[]])[] = [
    ["Question", experiment.description === "" ? [] : [experiment.description]],
    ["Runs", [
      ...dataset ? [datasetSentence(dataset)] : [],
      runsSentence(manifest),
      seedsSentence({ ...analysis.question, cells: analysis.cells.length }),
    ]],
    ["Statistics", [
      metricSentence(analysis.question, dataset),
      varianceSentence(analysis.question),
      ...hasComparisons ? [verdictSentence(analysis, { hasChart: false })] : [],
      ...designSentences(analysis),
      ...sourcesSentence(analysis),
    ]],
    ["Result", [sentence(finding), chosen, sentence(limit)]],
  ];
  return [
    `# How the results of ${markdownText(experiment.name)} were obtained`,
    ...authors.length > 0 ? ["", markdownText(authors.join("; "))] : [],
    ...sections.flatMap(([heading, sentences]) =>
      sentences.length > 0 ? ["", `## ${heading}`, "", markdownText(sentences.join(" "))] : []
    ),
    "",
    "## Verification",
    "",
    `regsweep ${markdownText(versions.regsweep)} computed all numbers. Anybody can compute them ` +
    "again and compare, in the folder that this folder is in:",
    "",
    "```sh",
    commandText([startsPrograms ? "verify-program" : "verify", experiment.name], INSTALLED_NAMES),
    "```",
    "",
    "| file | SHA-256 |",
    "| :-- | :-- |",
    ...Object.entries(files).filter(([name]) => !TELLING.includes(name))
      .map(([name, checksum]) => `| ${markdownText(name)} | \`${checksum}\` |`),
    ...dataset ? [`| ${markdownText(dataset.path)} | \`${dataset.checksum}\` |`] : [],
    "",
  ].join("\n");
}

function datasetSentence({ path, rows, features, target }: ManifestDataset): string {
  return `The table ${path} has ${countOf(rows, "row")} and ${countOf(features, "feature")}; the ` +
    `target is ${target}.`;
}

/** What was trained, and how often. */
function runsSentence({ experiment, trainers, runs }: SweepManifest): string {
  const { cells, swept, fixed, seeds } = experiment;
  const named = Object.entries(trainers).map(([name, version]) => `${name} (version ${version})`);
  const varied = listSome(swept.map(({ key }) => sweptText(key, cells)), MOST_SETTINGS);
  const shared = Object.entries(fixed).map(([key, value]) => `${key} ${formatValue(value)}`);
  const differ = cells.length > 1 ? ` that differ in ${varied}` : "";
  const common = shared.length > 0 ? `, with ${listSome(shared, MOST_SETTINGS)}` : "";
  return `${countOf(cells.length, "cell")}${differ} were trained by ${
    listWords(named, "and")
  }${common}, on ${countOf(seeds.length, "seed")} (${listIntegers(seeds, MOST_VALUES)}): ${
    countOf(runs.total, "run")
  }.`;
}

/** `dropout (0, 0.2)`, with all values that it has; `dropout (96 values)` if these are many. */
function sweptText(key: string, cells: SweepManifest["experiment"]["cells"]): string {
  const values = new Set(cells.flatMap(({ values }) => {
    const value = values[key];
    return value === undefined ? [] : [formatValue(value)];
  }));
  const listed = values.size > MOST_VALUES ? `${values.size} values` : [...values].join(", ");
  return `${key} (${listed})`;
}

/** Where the methods come from that were used. */
function sourcesSentence(
  { comparisons, repeats, looks, question }: CitedSweep["analysis"],
): string[] {
  const sources = [
    ...correctedTests(comparisons, repeats).length > 1
      ? [
        "Westfall and Young, Resampling-Based Multiple Testing (1993)",
        "Langsrud, Rotation Tests (2005)",
      ]
      : [],
    ...question.overlap > 0
      ? ["Nadeau and Bengio, Inference for the Generalization Error (2003)"]
      : [],
    ...looks ? ["Lan and DeMets, Discrete Sequential Boundaries for Clinical Trials (1983)"] : [],
  ];
  return sources.length > 0 ? [`Sources: ${sources.join("; ")}.`] : [];
}

function sentence(text: string): string {
  return text.endsWith(".") ? text : `${text}.`;
}
