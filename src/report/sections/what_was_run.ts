import { commandText, INSTALLED_NAMES, shellWords } from "../../command_text.ts";
import type { GapChoice } from "../../dataset/preparation_options.ts";
import { countOf, formatCount, formatDuration } from "../../format_number.ts";
import { listWords } from "../../list_words.ts";
import type {
  ClassCount,
  Manifest,
  ManifestDataset,
  SweepManifest,
} from "../../results/manifest.ts";
import type { OwnDescription } from "../../results/own_description.ts";
import { OTHER_FILES } from "../../results/result_files.ts";
import { trainersOf } from "../../results/trainers_of.ts";
import { formatValue } from "../../trainers/format_value.ts";
import { looksText } from "../../wording/describe_looks.ts";
import { type Markup, markup } from "../markup.ts";
import { listed } from "./_listed.ts";
import { fileLink, filesTable } from "./files_table.ts";
import { tableFacts } from "./_table_facts.ts";

const MANIFEST = OTHER_FILES.manifest.name;
/** Classes that are listed; the manifest has all. */
const MOST_CLASSES = 20;
/** Enough of the version of an own trainer, which is a checksum, to tell it from another. */
const DIGITS = 12;
const PROGRAMS = ["regsweep", "deno", "v8"];

/** Everything needed to run the sweep again or to check it. */
export function whatWasRun(manifest: SweepManifest): Markup {
  const { experiment, dataset, runs, unfinished, times, machine, versions, git } = manifest;
  const kernels = kernelsText(manifest);
  const facts: (readonly [string, Markup])[] = [
    ["Experiment", markup`<bdi>${experiment.name}</bdi>, from <code>${experiment.file}</code>`],
    ...manifest.command ? [["Command", inBothForms(manifest.command)] as const] : [],
    ...dataset ? datasetFacts(dataset, manifest) : [],
    ["Trainer", trainersText(manifest)],
    ...sharedFacts(manifest),
    ["Seeds", markup`${seedsText(experiment)}`],
    [
      "Runs",
      markup`${formatCount(runs.total)}${
        unfinished ? ` of ${formatCount(unfinished.planned)}` : ""
      }: ${formatCount(runs.trained)} trained, ${
        formatCount(runs.known)
      } reused; ${runs.diverged} diverged${earlyText(runs)}, ${runs.failed} failed`,
    ],
    ["Started", markup`<time datetime="${times.started}">${utcText(times.started)}</time>`],
    [
      "Duration",
      markup`${formatDuration(times.seconds)} with ${countOf(machine.workers, "worker")}; ${
        formatDuration(times.trainSeconds)
      } ${dataset ? "of training time" : "summed over the runs"}`,
    ],
    [
      "Machine",
      markup`<bdi>${machine.cpu}</bdi>, ${
        countOf(machine.cores, "core")
      }, ${machine.os} ${machine.arch}`,
    ],
    ...kernels ? [["Kernels", kernels] as const] : [],
    ["Versions", markup`${versionsText(versions)}`],
    ["Commit", git.commit ? markup`<code>${git.commit}</code>${changesText(git)}` : markup`none`],
    [
      "For programs",
      markup`${
        fileLink(MANIFEST)
      } has all of this, the versions of packages and the time of each run`,
    ],
  ];
  return markup`<dl>
${facts.map(([term, fact]) => markup`<div><dt>${term}</dt><dd>${fact}</dd></div>`)}
</dl>
${filesTable(manifest.files)}`;
}

/** A command as those type it who have installed regsweep, and as it is typed in a clone. */
function inBothForms(words: readonly string[]): Markup {
  return markup`<code>${commandText(words, INSTALLED_NAMES)}</code>; in a clone, <code>${
    commandText(words)
  }</code>`;
}

/** The native kernels that trained runs; undefined if WebAssembly's trained all. */
function kernelsText({ kernels: { native }, tasks = [] }: SweepManifest): Markup | undefined {
  const trained = tasks.filter(({ trained }) => (trained ?? 0) > 0);
  if (trained.length === 0) {
    return native && markup`native, ${native.bits} bits (<code>${native.library}</code>)`;
  }
  const used = trained.flatMap(({ native }) => native ?? []);
  if (used.length === 0) return undefined;
  const widths = [...new Set(used.map(({ bits }) => bits))].sort((a, b) => a - b);
  const where = `${formatCount(used.length)} of ${countOf(trained.length, "task")}`;
  return markup`native on ${where}, ${listWords(widths.map(String), "and")} bits`;
}

function trainersText({ trainers, own = [] }: Pick<Manifest, "trainers" | "own">): Markup {
  const texts = Object.entries(trainers).map(([name, version]) => {
    const mine = own.find((trainer) => trainer.name === name);
    return mine ? ownText(mine, version) : markup`${name}, version ${version}`;
  });
  return texts.reduce((before, text) => markup`${before}; ${text}`);
}

/** A trainer of the user's own: what it is, and what its results may depend on. */
function ownText(own: OwnDescription, version: number | string): Markup {
  const { name, kind, command, packages, allow, deterministic } = own;
  const notes = [
    ...packages ? [`with ${packages.join(", ")}`] : [],
    ...allow?.includes("math")
      ? ["allowed to use functions of Math that depend on the engine"]
      : [],
    ...deterministic === false ? ["not deterministic"] : [],
  ];
  const what = command
    ? markup`the program <code>${shellWords(command)}</code>`
    : markup`a ${kind}`;
  const start = String(version).slice(0, DIGITS);
  const facts = [...notes, "version"].join(", ");
  return markup`<bdi>${name}</bdi>, ${what}, ${facts} <code>${start}</code>`;
}

/** The dataset, and how it was read, split and prepared. */
function datasetFacts(
  dataset: ManifestDataset,
  manifest: Manifest,
): (readonly [string, Markup])[] {
  const isSwept = (key: string) => manifest.experiment.swept.some((swept) => swept.key === key);
  return [
    [
      "Dataset",
      markup`<code>${dataset.path}</code>, target <code>${dataset.target}</code>: ${
        countOf(dataset.rows, "row")
      }, ${countOf(dataset.features, "feature")}, ${targetText(dataset)}`,
    ],
    ...dataset.classCounts ? [["Classes", classesText(dataset.classCounts)] as const] : [],
    ...tableFacts(dataset),
    ["Dataset SHA-256", markup`<code>${dataset.checksum}</code>`],
    ["Split", markup`${unlessOwn(splitText(dataset), manifest)}`],
    [
      "Standardization",
      markup`${isSwept("standardize") ? "swept" : unlessOwn(dataset.standardize, manifest)}`,
    ],
    ...dataset.impute
      ? [
        [
          "Imputation",
          markup`${isSwept("impute") ? "swept" : imputeText(dataset.impute)}`,
        ] as const,
      ]
      : [],
  ];
}

/** What was done about missing cells. */
function imputeText(impute: GapChoice): string {
  if (impute === "drop_rows") return "rows with missing values were left out";
  return `${impute.replace("_", " ")} of the training rows, and an input that says where`;
}

function targetText({ task, classes }: ManifestDataset): string {
  return task === "regression" ? "a quantity" : countOf(classes, "class", "classes");
}

/** `no spill: 896, spill: 41`. */
function classesText(counts: readonly ClassCount[]): Markup {
  const items = counts.map(({ name, rows }) => ({ name, note: `: ${formatCount(rows)}` }));
  return listed(items, MOST_CLASSES);
}

/** `1, 2, 3`, or `1 to 40 at most, looked at after 5, 10, 20 and 40 seeds`. */
function seedsText({ seeds, looks }: Manifest["experiment"]): string {
  if (!looks) return seeds.join(", ");
  return `${seeds[0]} to ${seeds.at(-1)} at most, looked at after ${looksText(looks)}`;
}

function earlyText({ divergedEarly = 0 }: Manifest["runs"]): string {
  return divergedEarly > 0 ? ` (${divergedEarly} in cells that were stopped early)` : "";
}

/** Of the programs that compute results: packages also draw reports, read files or run tests. */
function versionsText(versions: SweepManifest["versions"]): string {
  return PROGRAMS.flatMap((name) => name in versions ? [`${name} ${versions[name]}`] : []).join(
    ", ",
  );
}

/** What the experiment says, and which trainers ignore it. */
function unlessOwn(text: string, manifest: Manifest): string {
  const named = trainersOf(manifest).all;
  const own = named.filter(({ ownSplit }) => ownSplit)
    .map(({ name }) => `trainer ${name} has its own`);
  return (own.length === named.length ? own : [text, ...own]).join("; ");
}

function splitText({ split, test: testFile }: ManifestDataset): string {
  const { train, validation, test, resplit, stratify, group, time, column, folds } = split;
  if (column !== undefined) return `as column ${column} says`;
  const parts = [
    [train, "training"],
    [validation, "validation"],
    ...testFile === undefined ? [[test, "test"] as const] : [],
  ] as const;
  const shares = parts.map(([share, name]) => `${Number((share * 100).toPrecision(6))}% ${name}`);
  const seeds = resplit ? "redrawn for each seed" : "the same for all seeds";
  return [
    shares.join(", "),
    ...testFile === undefined ? [] : ["test rows have a file of their own"],
    `training and validation rows are ${seeds}`,
    ...folds === undefined ? [] : [`${folds} folds`],
    ...time === undefined ? [] : [`in order of ${time}`],
    ...stratify
      ? [
        `stratified: each class has its share of ${
          testFile === undefined ? "each part" : "the training and validation rows"
        }`,
      ]
      : [],
    ...group === undefined ? [] : [`no ${group} is in two parts`],
  ].join("; ");
}

/** The values that all cells share; nothing where all hyperparameters are swept. */
function sharedFacts(manifest: Manifest): (readonly [string, Markup])[] {
  const { fixed, swept } = manifest.experiment;
  const pairs = Object.entries(fixed).map(([key, value]) => `${key}=${formatValue(value)}`);
  const keys = trainersOf(manifest).all.flatMap(({ hyperparameters }) =>
    hyperparameters.map(({ key }) => key)
  );
  if (pairs.length === 0 && keys.every((key) => swept.some((other) => other.key === key))) {
    return [];
  }
  return [["Shared by all cells", markup`<code>${pairs.join(" ") || "defaults"}</code>`]];
}

function changesText({ clean }: SweepManifest["git"]): string {
  if (clean === null) return ", possibly with uncommitted changes";
  return clean ? "" : ", with uncommitted changes";
}

/** `2026-08-08 12:34:56 UTC`: the same on every machine. */
function utcText(iso: string): string {
  return iso.replace(/^(\S+)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/, "$1 $2 UTC");
}
