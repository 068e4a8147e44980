import { COMMANDS } from "../src/cli/commands.ts";
import { jsonSchemaText } from "../src/cli/json/json_schema.ts";
import type { OptionRow } from "../src/cli/option_row.ts";
import { COMMON_OPTIONS, type OptionKey, OPTIONS, SLURM_OPTIONS } from "../src/cli/options.ts";
import { helpOf } from "../src/cli/usage.ts";
import { allowedValues } from "../src/experiment/schema/allowed_values.ts";
import { editorSchema } from "../src/experiment/schema/editor_schema.ts";
import { meaningOf, measuresOf } from "../src/measures/metrics.ts";
import { OWN_COPIES } from "../src/results/own_copies.ts";
import { RESULT_FILES, type ResultFile } from "../src/results/result_files.ts";
import { formatValue } from "../src/trainers/format_value.ts";
import type { Hyperparameter } from "../src/trainers/hyperparameter.ts";
import type { TrainerName } from "../src/trainers/trainer.ts";
import { BUILT_IN } from "../src/trainers/trainers.ts";
import {
  checksumTable,
  choosingTable,
  differenceTable,
  readStudy,
  regularizerTable,
  scoreTable,
} from "./peers/study_tables.ts";

const SCHEMA_FILE = `${import.meta.dirname}/../experiments/experiment.schema.json`;
const DOCS = `${import.meta.dirname}/../docs`;
const STUDY = `${DOCS}/cocktails`;

/** The table of a trainer's hyperparameters. */
export function hyperparameterTable(trainer: TrainerName): string {
  const rows = BUILT_IN.named(trainer).hyperparameters.map((row) => [
    `\`${row.key}\``,
    shapeOf(row),
    row.default === undefined ? "" : `\`${formatValue(row.default)}\``,
    row.unit ? `${row.help} (${row.unit})` : row.help,
  ]);
  return markdownTable([["Key", "Values", "Default", "Meaning"], ...rows]);
}

const TARGETS = { classification: "classes", regression: "quantities" };

/** The table of measures. */
export function measureTable(): string {
  const rows = (["classification", "regression"] as const).flatMap((task) =>
    measuresOf(task).map((measure) => {
      const { key, bounds: [least, most], better } = measure;
      const range = most === Infinity
        ? `at least ${least}`
        : least === -Infinity
        ? `at most ${most}`
        : `${least} to ${most}`;
      return [`\`${key}\``, TARGETS[task], meaningOf(measure, task), range, better];
    })
  );
  return markdownTable([["Measure", "Of", "Meaning", "Values", "Better"], ...rows]);
}

/** The table of result files. */
export function resultFileTable(): string {
  const all: readonly ResultFile[] = [...RESULT_FILES, OWN_COPIES];
  const rows = all.map(({ name, holds, when }) => [
    name,
    holds,
    when === undefined ? "always" : `if ${when}`,
  ]);
  return markdownTable([["File", "Holds", "Written"], ...rows]);
}

/** The table of all commands' options, but for those that only a cluster has. */
export function optionTable(): string {
  const slurm: readonly OptionKey[] = SLURM_OPTIONS;
  const keys = Object.keys(OPTIONS) as OptionKey[];
  const rows = keys.filter((key) => !slurm.includes(key)).map((key) => {
    const row: OptionRow = OPTIONS[key];
    const commands = COMMANDS.filter(({ options }) => options.includes(key));
    const owners = COMMON_OPTIONS.includes(key)
      ? "all"
      : commands.map(({ name }) => `\`${name}\``).join(", ");
    return [`\`--${row.name}${row.value ? ` ${row.value}` : ""}\``, owners, helpOf(row)];
  });
  return markdownTable([["Option", "Of", "Meaning"], ...rows]);
}

type MakeTable = () => string | Promise<string>;

/** The generated tables of each page of docs/, by the names between whose markers they stand. */
const TABLES: Readonly<Record<string, Readonly<Record<string, MakeTable>>>> = {
  "cocktails.md": {
    scores: async () => markdownTable(scoreTable(await readStudy(STUDY))),
    differences: async () => markdownTable(differenceTable(await readStudy(STUDY))),
    choosing: async () => markdownTable(choosingTable(await readStudy(STUDY))),
    regularizers: async () => markdownTable(regularizerTable(await readStudy(STUDY))),
    checksums: async () => markdownTable(await checksumTable(STUDY)),
  },
  "experiments.md": { options: optionTable },
  "hyperparameters.md": Object.fromEntries(BUILT_IN.names.map((trainer) => [
    `hyperparameters: ${trainer}`,
    () => hyperparameterTable(trainer),
  ])),
  "results.md": { "result files": resultFileTable, measures: measureTable },
};

/** The pages of docs/ that have generated tables. */
export const GENERATED_PAGES: readonly string[] = Object.keys(TABLES);

/**
 * A page's text with its tables as they are generated.
 *
 * @throws {RangeError} If markers are missing.
 */
export async function withTables(page: string, text: string): Promise<string> {
  let filled = text;
  for (const [name, makeTable] of Object.entries(TABLES[page])) {
    const markers = new RegExp(`(<!-- ${name} -->\\n).*?(<!-- /${name} -->)`, "s");
    if (!markers.test(filled)) throw new RangeError(`${page} has no markers for ${name}`);
    const table = await makeTable();
    filled = filled.replace(markers, (_, before, after) => `${before}\n${table}\n\n${after}`);
  }
  return filled;
}

/** Rows, the first of which is the head, as Markdown that is padded as `deno fmt` does it. */
function markdownTable(texts: readonly (readonly string[])[]): string {
  const rows = texts.map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  const [head, ...body] = rows.map((cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [head, rule, ...body].join("\n");
}

function shapeOf(row: Hyperparameter): string {
  const values = allowedValues(row);
  if (row.shape === "list") return `list of at most ${row.maximumLength}, each ${values}`;
  return row.shape === "per_layer" ? `${values}; one, or one per ${row.per}` : values;
}

async function generate(): Promise<void> {
  await Deno.writeTextFile(SCHEMA_FILE, editorSchema());
  await Deno.writeTextFile(`${DOCS}/json.schema.json`, jsonSchemaText());
  for (const page of GENERATED_PAGES) {
    const path = `${DOCS}/${page}`;
    await Deno.writeTextFile(path, await withTables(page, await Deno.readTextFile(path)));
  }
}

if (import.meta.main) await generate();
