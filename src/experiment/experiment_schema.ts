import { z } from "zod";
import { mappingError } from "./_mapping_error.ts";
import { listWords } from "./allowed_values.ts";
import { datasetSchema } from "./dataset_schema.ts";
import { MAXIMUM_RUNS, METRICS } from "./experiment.ts";
import { formatValue } from "./format_value.ts";
import type { HyperparameterSchemas, Sweep } from "./hyperparameter_schemas.ts";
import { hyperparameterSchemas } from "./hyperparameter_schemas.ts";
import type { Hyperparameter, HyperparameterValue, TrainerName } from "./hyperparameters.ts";
import { hyperparametersOf, TRAINERS } from "./hyperparameters.ts";

const MAXIMUM_NAME_LENGTH = 100;

type Table = readonly { row: Hyperparameter; schemas: HyperparameterSchemas }[];
type Values = Readonly<Record<string, HyperparameterValue>>;
/** A block of the grid as written. */
export type Sweeps = Readonly<Record<string, Sweep>>;
/** The grid as written: one block, or a list. */
export type Grid = Sweeps | Sweeps[];

/** What an experiment file has to be: the source of its checks and of the editors' JSON schema. */
export type ExperimentSchema = ReturnType<typeof buildSchema>;

const schemas = new Map<TrainerName, ExperimentSchema>();

/**
 * The schema of experiment files for a trainer, built once: that takes longer than a check.
 *
 * It knows each value by itself; what values have to do with each other across sections is checked
 * in `resolveSections()`. Messages name what is required, without the value that was found.
 */
export function experimentSchema(trainer: TrainerName): ExperimentSchema {
  const schema = schemas.get(trainer) ?? buildSchema(trainer);
  schemas.set(trainer, schema);
  return schema;
}

function buildSchema(trainer: TrainerName) {
  const table = hyperparametersOf(trainer).map((row) => {
    return { row, schemas: hyperparameterSchemas(row) };
  });
  return z.strictObject({
    name: nameSchema(),
    description: z.string({ error: "description must be text" }).default("")
      .describe("the question that this experiment asks"),
    trainer: z.enum(TRAINERS, { error: `trainer must be ${listWords(TRAINERS)}` }).default("mlp")
      .describe("what is trained"),
    dataset: datasetSchema(),
    fixed: valuesSchema("fixed", table).optional()
      .describe("hyperparameters that every cell has in common, where they are not the defaults"),
    grid: gridSchema(table).optional(),
    seeds: seedsSchema(),
    baseline: valuesSchema("baseline", table).optional()
      .describe(
        "values of the cell that the others are compared with; the first cell if not given",
      ),
    metric: z.enum(METRICS, { error: `metric must be ${listWords(METRICS)}` })
      .default("validation_accuracy").describe("the figure that cells are compared by"),
    equivalence: z.number({ error: "equivalence must be a number of at least 0" })
      .gte(0, { error: "equivalence must be at least 0" }).default(0.005)
      .describe("differences of the metric smaller than this are of no practical interest"),
  }, mappingError("an experiment", "with at least name and dataset"));
}

function nameSchema() {
  const error = "name must be 1 to 100 letters, digits, dots, underscores and hyphens, " +
    "and not begin with a dot";
  return z.string({ error: "name must be text" })
    .regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/, { error })
    .max(MAXIMUM_NAME_LENGTH, { error })
    .refine((name) => name.toLowerCase() !== "store", {
      error: "name must not be store, which is the folder of finished runs",
    })
    .describe("names the folder in reports/ that the results go to");
}

function valuesSchema(section: string, table: Table): z.ZodType<Values> {
  const shape = shapeOf(table, (row, { value }) => {
    return value.meta({ description: documentation(row), default: row.default });
  });
  return z.strictObject(shape, mappingError(section, "of hyperparameters to values"));
}

function gridSchema(table: Table) {
  const block: z.ZodType<Sweeps> = z.strictObject(
    shapeOf(table, (row, { sweep }) => sweep.describe(documentation(row))),
    mappingError("a block of the grid", "of hyperparameters to lists or ranges of values"),
  ).meta({ id: "block" });
  const error = "grid must be a mapping of hyperparameters to lists or ranges, or a list of such";
  return z.union([block, z.array(block)], { error })
    .refine((grid) => [grid].flat().some((sweeps) => Object.keys(sweeps).length > 0), {
      error: "grid must sweep at least one hyperparameter",
    })
    .describe(
      "what to sweep: a mapping is the product of its keys' values, the last key varying fastest; " +
        "a list of mappings is their union, duplicates dropped",
    );
}

function seedsSchema() {
  const count = { error: `seeds must be an integer in [1, ${MAXIMUM_RUNS}], or a list of seeds` };
  const seed = { error: `a seed must be an integer in [0, ${Number.MAX_SAFE_INTEGER}]` };
  const list = z.array(z.int(seed).gte(0, seed))
    .min(1, { error: "seeds must have at least one seed" })
    .superRefine((seeds, context) => {
      const seen = new Set<number>();
      seeds.forEach((seed, index) => {
        if (seen.has(seed)) {
          context.addIssue({ code: "custom", path: [index], message: "seeds must not repeat" });
        }
        seen.add(seed);
      });
    })
    .meta({ uniqueItems: true });
  return z.union([z.int(count).gte(1, count).lte(MAXIMUM_RUNS, count), list], count).default(10)
    .describe("how many seeds to run each cell with (10 is 1 to 10), or a list of seeds");
}

/** An optional key per hyperparameter. */
function shapeOf<T>(
  table: Table,
  schemaOf: (row: Hyperparameter, schemas: HyperparameterSchemas) => z.ZodType<T>,
) {
  return Object.fromEntries(
    table.map(({ row, schemas }) => [row.key, z.exactOptional(schemaOf(row, schemas))]),
  );
}

/** What editors show beside a hyperparameter. */
function documentation({ help, unit, default: value }: Hyperparameter): string {
  return `${help} (${unit ? `${unit}; ` : ""}default ${formatValue(value)})`;
}
