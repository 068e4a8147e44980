import { assert, assertEquals } from "@std/assert";
import { Ajv } from "ajv";
import { join } from "node:path";
import { parse } from "yaml";
import { readTrainersOf } from "../../src/experiment/read_experiment.ts";
import { editorSchema } from "../../src/experiment/schema/editor_schema.ts";

const SHIPPED = "experiments/experiment.schema.json";

type Validator = (document: unknown) => string;

/** By schema: experiments without own trainers have the same one, and compiling takes long. */
const validators = new Map<string, Validator>();

/** A function that says what is wrong with a document, for people. */
function validator(schema: string): Validator {
  const known = validators.get(schema);
  if (known) return known;
  const ajv = new Ajv({ strict: false });
  const validate = ajv.compile(JSON.parse(schema));
  const built: Validator = (document) => validate(document) ? "" : ajv.errorsText(validate.errors);
  validators.set(schema, built);
  return built;
}

const problemIn = validator(await Deno.readTextFile(SHIPPED));
const EXPERIMENTS = [...Deno.readDirSync("experiments")].map(({ name }) => name)
  .filter((name) => name.endsWith(".yaml"));

Deno.test("every shipped experiment is valid by the shipped schema", async () => {
  assert(EXPERIMENTS.length > 20);
  for (const name of EXPERIMENTS) {
    const document = parse(await Deno.readTextFile(join("experiments", name)));
    assertEquals([name, problemIn(document)], [name, ""]);
  }
});

Deno.test("every shipped experiment is valid by the schema that is printed for it", async () => {
  for (const name of EXPERIMENTS) {
    const file = join("experiments", name);
    const { trainers, names } = await readTrainersOf(file);
    const document = parse(await Deno.readTextFile(file));
    const validate = validator(editorSchema(trainers, names));
    assertEquals([name, validate(document)], [name, ""]);
    assert(validate({ ...document, fixed: { droput: 0.5 } }) !== "", name);
  }
});

const DATASET = { path: "a.csv", target: "y" };
const PROGRAM = { command: ["./run.sh"] };

Deno.test("the shipped schema leaves the hyperparameters of own trainers to their own schema", () => {
  const sections = [
    { trainer: "./a.ts", fixed: { alpha: 1 } },
    { trainer: PROGRAM, grid: { alpha: [1, 2] }, baseline: { alpha: 1 } },
    { grid: { trainer: ["mlp", "./a.ts"], alpha: 1 } },
    { grid: [{ dropout: [0] }, { trainer: PROGRAM, alpha: [1] }], only: [{ alpha: 1 }] },
    { grid: [{ zip: { trainer: ["a.mjs", "mlp"], alpha: [1, 2] } }] },
  ];
  for (const section of sections) {
    for (const dataset of [undefined, DATASET]) {
      const document = { name: "e", ...dataset && { dataset }, ...section };
      assertEquals(problemIn(document), "", JSON.stringify(document));
    }
  }
});

Deno.test("the shipped schema still finds what is wrong", () => {
  const wrong: Record<string, object> = {
    "no dataset": { name: "e" },
    "no dataset for a built-in trainer": { name: "e", trainer: "notebook" },
    "no name": { dataset: DATASET },
    "no target": { name: "e", dataset: { path: "a.csv" }, trainer: "./a.ts" },
    "a misspelled hyperparameter": { name: "e", dataset: DATASET, fixed: { droput: 0.5 } },
    "a value out of its range": { name: "e", dataset: DATASET, grid: { dropout: [0, 2] } },
    "a misspelled section": { name: "e", trainer: "./a.ts", sedes: 3 },
    "a misspelled member": { name: "e", trainer: { comand: ["a"] } },
    "a misspelled trainer": { name: "e", dataset: DATASET, trainer: "mpl" },
    "what no base can have": { extends: "b.yaml", name: "e", fixed: { droput: 0.5 } },
  };
  for (const [what, document] of Object.entries(wrong)) assert(problemIn(document) !== "", what);
  assertEquals(problemIn({ extends: "b.yaml", name: "e" }), "");
});
