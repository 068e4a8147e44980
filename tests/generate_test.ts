import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { parse } from "yaml";
import { jsonSchemaText } from "../src/cli/json/json_schema.ts";
import { OPTIONS, SLURM_OPTIONS } from "../src/cli/options.ts";
import { editorSchema, experimentJsonSchema } from "../src/experiment/schema/editor_schema.ts";
import { BLOCK_WORDS } from "../src/experiment/schema/grid_schema.ts";
import { shareDefinitions } from "../src/experiment/schema/share_definitions.ts";
import { MEASURES } from "../src/measures/measures.ts";
import { meaningOf, METRICS } from "../src/measures/metrics.ts";
import { OWN_COPIES } from "../src/results/own_copies.ts";
import { RESULT_FILES, type ResultFile } from "../src/results/result_files.ts";
import { BUILT_IN } from "../src/trainers/trainers.ts";
import {
  GENERATED_PAGES,
  hyperparameterTable,
  measureTable,
  optionTable,
  resultFileTable,
  withTables,
} from "./generate.ts";

// deno-lint-ignore no-explicit-any
const experimentSchemaAsJson = (): any => JSON.parse(JSON.stringify(experimentJsonSchema()));

const ROOT = `${import.meta.dirname}/..`;

Deno.test("editorSchema() is experiments/experiment.schema.json", async () => {
  const file = `${ROOT}/experiments/experiment.schema.json`;
  assertEquals(await Deno.readTextFile(file), editorSchema(), "run `deno task generate`");
});

Deno.test("jsonSchemaText() is docs/json.schema.json", async () => {
  const file = `${ROOT}/docs/json.schema.json`;
  assertEquals(await Deno.readTextFile(file), jsonSchemaText(), "run `deno task generate`");
});

Deno.test("the documentation's tables are as they are generated", async () => {
  for (const page of GENERATED_PAGES) {
    const text = await Deno.readTextFile(`${ROOT}/docs/${page}`);
    assertEquals(text, await withTables(page, text), "run `deno task generate`");
  }
});

Deno.test("hyperparameterTable() has a row for each hyperparameter, as wide as its head", () => {
  for (const trainer of BUILT_IN.names) {
    const [head, rule, ...rows] = hyperparameterTable(trainer).split("\n");
    const keys = BUILT_IN.named(trainer).hyperparameters.map(({ key }) => key);
    assertEquals(rows.length, keys.length);
    assertEquals(new Set([head, rule, ...rows].map((line) => line.length)).size, 1);
    keys.forEach((key, index) => assertStringIncludes(rows[index], `| \`${key}\` `));
  }
});

Deno.test("resultFileTable() has every file that a sweep may write, and when it does", () => {
  const table = resultFileTable();
  const all: readonly ResultFile[] = [...RESULT_FILES, OWN_COPIES];
  for (const { name, holds, when } of all) {
    const row = table.split("\n").find((line) => line.startsWith(`| ${name} `)) ?? "";
    assertStringIncludes(row, `| ${holds} `);
    assertStringIncludes(row, when ? `| if ${when} ` : "| always ");
  }
});

Deno.test("measureTable() has every measure, and which values are better", () => {
  const [, , ...rows] = measureTable().split("\n");
  const targets = { classification: "classes", regression: "quantities" };
  const measures = (["classification", "regression"] as const).flatMap((task) =>
    MEASURES.filter(({ tasks }) => tasks.includes(task)).map((measure) => ({ task, measure }))
  );
  assertEquals(rows.length, measures.length);
  measures.forEach(({ task, measure }, index) => {
    assertStringIncludes(rows[index], `| \`${measure.key}\` `);
    assertStringIncludes(rows[index], `| ${targets[task]} `);
    assertStringIncludes(rows[index], `| ${meaningOf(measure, task)} `);
    assertStringIncludes(rows[index], `| ${measure.better} `);
  });
});

Deno.test("optionTable() has every option but those of a cluster, with its commands", () => {
  const [, , ...rows] = optionTable().split("\n");
  const names = rows.map((row) => row.match(/^\| `--([\w-]+)/)?.[1]);
  const slurm = new Set<string>(SLURM_OPTIONS.map((key) => OPTIONS[key].name));
  const all = Object.values(OPTIONS).map(({ name }) => name);
  assertEquals(names, all.filter((name) => !slurm.has(name)));
  const seeds = rows.find((row) => row.includes("--seeds ")) ?? "";
  assertStringIncludes(seeds, "| `--seeds N\\|LIST` ");
  assertStringIncludes(seeds, "| `sweep`, `plan`, `report`, `status` ");
});

Deno.test("withTables() changes only what is between the markers", async () => {
  const markers = (name: string, text: string) => `<!-- ${name} -->\n${text}<!-- /${name} -->\n`;
  const page = (text: string) =>
    `# A\n\n${
      BUILT_IN.names.map((name) => markers(`hyperparameters: ${name}`, text)).join("b\n")
    }\nc\n`;
  const filled = await withTables("hyperparameters.md", page("old\n"));
  assertEquals(await withTables("hyperparameters.md", page("")), filled);
  const emptied = filled.replaceAll(/-->\n\n\|.*?\|\n\n<!--/gs, "-->\n<!--");
  assertEquals(emptied, page(""));
  await assertRejects(
    () => withTables("results.md", "# No markers\n"),
    RangeError,
    "results.md has no markers for result files",
  );
});

Deno.test("experimentJsonSchema() documents every key that an experiment may have", () => {
  const { properties, definitions } = experimentSchemaAsJson();
  const keys = new Set(BUILT_IN.rows.map(({ key }) => key));
  for (const section of [properties.fixed, properties.baseline, definitions.block]) {
    assertEquals(keys.difference(new Set(Object.keys(section.properties))), new Set());
  }
  const undocumented: string[] = [];
  const visit = (schema: Record<string, unknown>, path: string) => {
    for (const [key, value] of Object.entries(schema.properties ?? {})) {
      if (!value.description) undocumented.push(`${path}.${key}`);
      visit(value, `${path}.${key}`);
    }
  };
  visit({ properties }, "");
  for (const [name, definition] of Object.entries(definitions)) {
    visit(definition as Record<string, unknown>, name);
  }
  assertEquals(undocumented, []);
});

Deno.test("experimentJsonSchema() has the bounds and words of the table", () => {
  const { properties, definitions, ...schema } = experimentSchemaAsJson();
  assertEquals([schema.required, schema.additionalProperties], [["name"], false]);
  assertEquals(schema.if, { required: ["extends"] });
  assertEquals(schema.else, {
    required: ["name"],
    anyOf: [{ required: ["dataset"] }, { required: ["datasets"] }],
    properties: { dataset: { required: ["path", "target"] } },
  });
  assertEquals(properties.metric.anyOf[0].enum, METRICS);
  const { momentum, dropout } = properties.fixed.properties;
  assertEquals([momentum.minimum, momentum.exclusiveMaximum, momentum.default], [0, 1, 0]);
  const probability = { type: "number", minimum: 0, exclusiveMaximum: 1 };
  const perLayer = { maxItems: 16, type: "array", items: probability };
  assertEquals(dropout.anyOf, [probability, perLayer]);
  const [single, list, range] = definitions.block.properties.dropout.anyOf;
  assertEquals(single, { ...probability, description: "the only value" });
  assertEquals(list.items, { anyOf: [probability, perLayer] });
  assertEquals(Object.keys(range.properties), [
    ...["log", "linear", "count"],
    ...["uniform", "log_uniform", "integer", "choice", "off"],
  ]);
  const [, , zipped] = definitions.zip.properties.dropout.anyOf;
  assertEquals(Object.keys(zipped.properties), ["log", "linear", "count"]);
  const [one, several, comparison] = definitions.pattern.properties.dropout.anyOf;
  assertEquals([one, several.items, comparison.type], [probability, list.items, "string"]);
});

Deno.test("experimentJsonSchema() has the words of blocks, which are no hyperparameters", () => {
  const { definitions } = experimentSchemaAsJson();
  const keys = new Set([
    "trainer",
    "standardize",
    "impute",
    ...BUILT_IN.rows.map(({ key }) => key),
  ]);
  const wordsOf = (name: string) =>
    Object.keys(definitions[name].properties).filter((key) => !keys.has(key));
  assertEquals(wordsOf("block"), ["zip", "sample", "conditional"]);
  assertEquals(wordsOf("conditionalBlock").toSorted(), BLOCK_WORDS.toSorted());
  assertEquals(wordsOf("zip"), []);
  assertEquals(wordsOf("pattern"), []);
});

Deno.test("experimentJsonSchema() knows every key of the shipped experiments", async () => {
  const { properties } = experimentSchemaAsJson();
  for await (const { name } of Deno.readDir(`${ROOT}/experiments`)) {
    if (!name.endsWith(".yaml")) continue;
    const experiment = parse(await Deno.readTextFile(`${ROOT}/experiments/${name}`));
    for (const key of Object.keys(experiment)) assert(key in properties, `${name}: ${key}`);
  }
});

Deno.test("shareDefinitions() writes what is repeated once, and changes nothing else", () => {
  const schema = experimentSchemaAsJson();
  const shared = JSON.parse(JSON.stringify(shareDefinitions(schema)));
  const own = Object.keys(schema.definitions);
  // References to the definitions that there were are not followed: some lead back to themselves.
  const follow = (part: unknown): unknown => {
    if (typeof part !== "object" || part === null) return part;
    if (Array.isArray(part)) return part.map(follow);
    const { $ref } = part as { $ref?: string };
    const name = $ref?.replace("#/definitions/", "");
    if (name !== undefined && !own.includes(name)) return follow(shared.definitions[name]);
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, follow(value)]));
  };
  const definitions = Object.fromEntries(own.map((name) => [name, shared.definitions[name]]));
  assertEquals(follow({ ...shared, definitions }), schema);
  assert(Object.keys(shared.definitions).length > own.length);
  const texts = Object.values(shared.definitions).map((definition) => JSON.stringify(definition));
  assertEquals(new Set(texts).size, texts.length);
});
