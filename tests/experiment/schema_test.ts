import {
  assert,
  assertEquals,
  assertNotStrictEquals,
  assertRejects,
  assertStrictEquals,
} from "@std/assert";
import { readTrainersOf } from "../../src/experiment/read_experiment.ts";
import { editorSchema, PROGRAM_SCHEMA } from "../../src/experiment/schema/editor_schema.ts";
import { experimentSchema } from "../../src/experiment/schema/experiment_schema.ts";
import { readProgram } from "../../src/trainers/command/read_program.ts";
import { DefinitionError } from "../../src/trainers/definition_error.ts";
import { BUILT_IN } from "../../src/trainers/trainers.ts";
import { UserError } from "../../src/user_error.ts";
import { withFiles } from "./_with_files.ts";

const MODULE = `export default {
  name: "mine",
  hyperparameters: {
    alpha: { type: "number", minimum: 0, default: 1, help: "how much" },
    warm: { type: "boolean" },
  },
  *train() {},
};
`;

Deno.test("a schema for some keys has no others, and is otherwise the same", () => {
  const keys = new Set(["name", "dropout", "standardize", "fixed"]);
  const { shape } = experimentSchema(BUILT_IN, ["mlp"], keys);
  const all = experimentSchema(BUILT_IN, ["mlp"]).shape;
  assertEquals(Object.keys(shape), Object.keys(all));
  for (const dropout of [0.5, [0.5, 0.1], 1.5, "a"]) {
    const [some, same] = [shape, all].map(({ fixed }) => fixed.safeParse({ dropout }));
    assertEquals([some.data, some.error?.issues], [same.data, same.error?.issues]);
  }
  assert(all.fixed.safeParse({ steps: 1 }).success);
  assertEquals(shape.fixed.safeParse({ steps: 1 }).error?.issues[0].code, "unrecognized_keys");
});

Deno.test("an experiment's schema has the hyperparameters of its own trainers", () =>
  withFiles({
    "mine.ts": MODULE,
    "e.yaml": "name: e\ntrainer: ./mine.ts\n",
    "both.yaml": "name: e\ngrid: [{ trainer: [mlp, ./mine.ts] }]\n",
    "wrong.yaml": "name: e\ntrainer: ./mien.ts\n",
  }, async (folder) => {
    const propertiesOf = async (file: string) => {
      const { trainers, names } = await readTrainersOf(`${folder}/${file}`);
      const { properties, definitions } = JSON.parse(editorSchema(trainers, names));
      const { fixed } = properties;
      // What is long and written twice is a definition.
      return Object.fromEntries(
        Object.entries<Record<string, unknown>>(fixed.properties).map(([key, row]) => [
          key,
          typeof row.$ref === "string" ? definitions[row.$ref.replace(/^.*\//, "")] : row,
        ]),
      );
    };
    const { alpha, warm, ...others } = await propertiesOf("e.yaml");
    assertEquals(others, {});
    assertEquals(alpha.description, "trainer mine: how much (default 1)");
    assertEquals([alpha.minimum, warm.type], [0, "boolean"]);
    const both = Object.keys(await propertiesOf("both.yaml"));
    assert(both.includes("dropout") && both.includes("alpha"));
    await assertRejects(() => readTrainersOf(`${folder}/wrong.yaml`), UserError, "Cannot find");
  }));

Deno.test("editors take names, paths and programs for trainers", () => {
  const { definitions } = JSON.parse(editorSchema());
  const [names, path, program] = definitions.trainer.anyOf;
  assertEquals(names, { enum: ["mlp", "notebook"] });
  for (const text of ["./t.ts", "trainers/x", "x.mjs"]) assert(new RegExp(path.pattern).test(text));
  for (const text of ["mpl", "train.py"]) assert(!new RegExp(path.pattern).test(text));
  assertEquals(Object.keys(program.properties), Object.keys(PROGRAM_SCHEMA.properties));
});

Deno.test("editors know what a program's definition can have, and nothing else", async () => {
  const unknownIn = async (definition: unknown) => {
    const { problems } = await assertRejects(() => readProgram(definition, "/"), DefinitionError);
    return problems.filter(({ message }) => message.startsWith("Unknown")).map(({ path }) => path);
  };
  const { properties } = PROGRAM_SCHEMA;
  const all = Object.fromEntries(Object.keys(properties).map((key) => [key, null]));
  assertEquals(await unknownIn({ ...all, other: null }), [["other"]]);
  const members = properties.hyperparameters.additionalProperties.properties;
  const row = Object.fromEntries(Object.keys(members).map((key) => [key, null]));
  assertEquals(await unknownIn({ hyperparameters: { c: { ...row, other: null } } }), [
    ["hyperparameters", "c", "other"],
  ]);
});

Deno.test("a process that reads many files keeps few of their schemas", () => {
  const schema = (key: string) => experimentSchema(BUILT_IN, ["mlp"], new Set(["dropout", key]));
  const first = schema("first");
  assertStrictEquals(schema("first"), first);
  for (let file = 0; file < 100; file++) schema(`file_${file}`);
  assertNotStrictEquals(schema("first"), first);
});
