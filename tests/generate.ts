import { z } from "zod";
import { allowedValues } from "../src/experiment/schema/allowed_values.ts";
import { experimentSchema } from "../src/experiment/schema/experiment_schema.ts";
import { formatValue } from "../src/trainers/format_value.ts";
import type { Hyperparameter } from "../src/trainers/hyperparameter.ts";
import { hyperparametersOf } from "../src/trainers/hyperparameters.ts";
import type { TrainerName } from "../src/trainers/trainer.ts";
import { TRAINER_NAMES } from "../src/trainers/trainer_named.ts";
import { type Schema, shareDefinitions } from "./_share_definitions.ts";

const SCHEMA_FILE = `${import.meta.dirname}/../experiments/experiment.schema.json`;
const HYPERPARAMETERS_FILE = `${import.meta.dirname}/../docs/hyperparameters.md`;

/** The text of `experimentJsonSchema()`, in which nothing long is written twice. */
export function editorSchema(): string {
  return `${JSON.stringify(shareDefinitions(experimentJsonSchema()), null, 2)}\n`;
}

/**
 * The JSON schema with which editors complete and check experiment files.
 *
 * What a file that extends another does not say, the other may.
 */
export function experimentJsonSchema(): Schema {
  const { required: [...required] = [], ...schema } = z.toJSONSchema(
    experimentSchema(TRAINER_NAMES),
    {
      target: "draft-7",
      io: "input",
      override({ jsonSchema }) {
        // Every integer of zod's has this bound; it tells editors nothing.
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      },
    },
  );
  const { dataset } = schema.properties ?? {};
  if (typeof dataset !== "object") throw new TypeError("experiments have no dataset");
  const { required: requiredOfDataset, ...rest } = dataset;
  const properties = { ...schema.properties, dataset: rest };
  return {
    $schema: schema.$schema,
    title: "regsweep experiment",
    ...schema,
    properties,
    required: ["name"],
    if: { required: ["extends"] },
    else: { required, properties: { dataset: { required: requiredOfDataset } } },
  };
}

/** The table of a trainer's hyperparameters as Markdown, padded as `deno fmt` does it. */
export function hyperparameterTable(trainer: TrainerName): string {
  const rows = [
    ["Key", "Values", "Default", "Meaning"],
    ...hyperparametersOf(trainer).map((row) => [
      `\`${row.key}\``,
      shapeOf(row),
      `\`${formatValue(row.default)}\``,
      row.unit ? `${row.help} (${row.unit})` : row.help,
    ]),
  ].map((cells) => cells.map((cell) => cell.replaceAll("|", "\\|")));
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  const [head, ...body] = rows.map((cells) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`
  );
  const rule = `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`;
  return [head, rule, ...body].join("\n");
}

/** A page with each trainer's table of hyperparameters between its markers, if it has them. */
export function withHyperparameterTables(page: string): string {
  return TRAINER_NAMES.reduce((text, trainer) =>
    text.replace(
      tableMarkers(trainer),
      (_, before, after) => `${before}\n${hyperparameterTable(trainer)}\n\n${after}`,
    ), page);
}

function tableMarkers(trainer: TrainerName): RegExp {
  const name = `hyperparameters: ${trainer}`;
  return new RegExp(`(<!-- ${name} -->\\n).*?(<!-- /${name} -->)`, "s");
}

function shapeOf(row: Hyperparameter): string {
  const values = allowedValues(row);
  if (row.shape === "list") return `list of at most ${row.maximumLength}, each ${values}`;
  return row.shape === "per_layer" ? `${values}; one, or one per ${row.per}` : values;
}

async function generate(): Promise<void> {
  await Deno.writeTextFile(SCHEMA_FILE, editorSchema());
  const page = await Deno.readTextFile(HYPERPARAMETERS_FILE);
  await Deno.writeTextFile(HYPERPARAMETERS_FILE, withHyperparameterTables(page));
}

if (import.meta.main) await generate();
