import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parse } from "yaml";
import { METRICS } from "../src/experiment/experiment.ts";
import { HYPERPARAMETERS } from "../src/experiment/hyperparameters.ts";
import { editorSchema, hyperparameterTable, withHyperparameterTable } from "./generate.ts";

const ROOT = `${import.meta.dirname}/..`;

Deno.test("editorSchema() is experiments/experiment.schema.json", async () => {
  const file = `${ROOT}/experiments/experiment.schema.json`;
  assertEquals(await Deno.readTextFile(file), editorSchema(), "run `deno task schema`");
});

Deno.test("hyperparameterTable() is the README's", async () => {
  const readme = await Deno.readTextFile(`${ROOT}/README.md`);
  assertStringIncludes(readme, hyperparameterTable(), "run `deno task schema`");
  assertEquals(withHyperparameterTable(readme), readme);
});

Deno.test("hyperparameterTable() has a row for each hyperparameter, as wide as its head", () => {
  const [head, rule, ...rows] = hyperparameterTable().split("\n");
  assertEquals(rows.length, HYPERPARAMETERS.length);
  assertEquals(new Set([head, rule, ...rows].map((line) => line.length)).size, 1);
  HYPERPARAMETERS.forEach(({ key }, index) => assertStringIncludes(rows[index], `| \`${key}\` `));
});

Deno.test("withHyperparameterTable() changes nothing but what is between the markers", () => {
  const readme = "# A\n\n<!-- hyperparameters -->\nold\n<!-- /hyperparameters -->\n\nb\n";
  const expected = readme.replace("old", `\n${hyperparameterTable()}\n`);
  assertEquals(withHyperparameterTable(readme), expected);
  assertEquals(withHyperparameterTable("# No markers\n"), "# No markers\n");
});

Deno.test("editorSchema() documents every key that an experiment may have", () => {
  const { properties, definitions } = JSON.parse(editorSchema());
  for (const section of [properties.fixed, properties.baseline, definitions.block]) {
    assertEquals(Object.keys(section.properties), HYPERPARAMETERS.map(({ key }) => key));
  }
  const undocumented: string[] = [];
  const visit = (schema: Record<string, unknown>, path: string) => {
    for (const [key, value] of Object.entries(schema.properties ?? {})) {
      if (!value.description) undocumented.push(`${path}.${key}`);
      visit(value, `${path}.${key}`);
    }
  };
  visit({ properties }, "");
  visit(definitions.block, "block");
  assertEquals(undocumented, []);
});

Deno.test("editorSchema() has the bounds and words of the table", () => {
  const { properties, definitions, required, additionalProperties } = JSON.parse(editorSchema());
  assertEquals([required, additionalProperties], [["name", "dataset"], false]);
  assertEquals(properties.metric.enum, METRICS);
  const { learning_rate: learningRate, dropout } = properties.fixed.properties;
  assertEquals([learningRate.exclusiveMinimum, learningRate.default], [0, 0.1]);
  const probability = { type: "number", minimum: 0, exclusiveMaximum: 1 };
  const perLayer = { maxItems: 8, type: "array", items: probability };
  assertEquals(dropout.anyOf, [probability, perLayer]);
  const [list, range] = definitions.block.properties.dropout.anyOf;
  assertEquals(list.items, { anyOf: [probability, perLayer] });
  assertEquals(Object.keys(range.properties), ["log", "linear", "count"]);
});

Deno.test("editorSchema() knows every key of the shipped experiments", async () => {
  const { properties } = JSON.parse(editorSchema());
  for await (const { name } of Deno.readDir(`${ROOT}/experiments`)) {
    if (!name.endsWith(".yaml")) continue;
    const experiment = parse(await Deno.readTextFile(`${ROOT}/experiments/${name}`));
    for (const key of Object.keys(experiment)) assert(key in properties, `${name}: ${key}`);
  }
});
