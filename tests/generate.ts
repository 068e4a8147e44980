import { z } from "zod";
import { allowedValues } from "../src/experiment/allowed_values.ts";
import { experimentSchema } from "../src/experiment/experiment_schema.ts";
import { formatValue } from "../src/experiment/format_value.ts";
import { type Hyperparameter, hyperparametersOf } from "../src/experiment/hyperparameters.ts";

const SCHEMA_FILE = `${import.meta.dirname}/../experiments/experiment.schema.json`;
const README_FILE = `${import.meta.dirname}/../README.md`;
const TABLE_MARKERS = /(<!-- hyperparameters -->\n).*?(<!-- \/hyperparameters -->)/s;

/** The JSON schema with which editors complete and check experiment files. */
export function editorSchema(): string {
  const schema = z.toJSONSchema(experimentSchema("mlp"), {
    target: "draft-7",
    io: "input",
    override({ jsonSchema }) {
      // Every integer of zod's has this bound; it tells editors nothing.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const title = "regsweep experiment";
  return `${JSON.stringify({ $schema: schema.$schema, title, ...schema }, null, 2)}\n`;
}

/** The table of hyperparameters as Markdown, padded as `deno fmt` does it. */
export function hyperparameterTable(): string {
  const rows = [
    ["Key", "Values", "Default", "Meaning"],
    ...hyperparametersOf("mlp").map((row) => [
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

/** A text with the table of hyperparameters between its markers, if it has them. */
export function withHyperparameterTable(readme: string): string {
  return readme.replace(
    TABLE_MARKERS,
    (_, before, after) => `${before}\n${hyperparameterTable()}\n\n${after}`,
  );
}

function shapeOf(row: Hyperparameter): string {
  const values = allowedValues(row);
  if (row.shape === "list") return `list of at most ${row.maximumLength}, each ${values}`;
  return row.shape === "per_layer" ? `${values}; one, or one per hidden layer` : values;
}

async function generate(): Promise<void> {
  await Deno.writeTextFile(SCHEMA_FILE, editorSchema());
  try {
    const readme = await Deno.readTextFile(README_FILE);
    await Deno.writeTextFile(README_FILE, withHyperparameterTable(readme));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

if (import.meta.main) await generate();
