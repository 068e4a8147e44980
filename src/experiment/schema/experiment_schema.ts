import { z } from "zod";
import { DURATION, DURATION_WORDS, durationSeconds } from "../../duration.ts";
import { listWords } from "../../list_words.ts";
import { MEASURES } from "../../measures/measures.ts";
import { defaultMetricOf } from "../../measures/metrics.ts";
import type { Config } from "../../trainers/hyperparameter.ts";
import type { TrainerName } from "../../trainers/trainer.ts";
import type { Trainers } from "../../trainers/trainers.ts";
import { SCOPES } from "../experiment.ts";
import { mappingError } from "./_mapping_error.ts";
import { datasetSchema } from "./dataset_schema.ts";
import { gridSchema } from "./grid_schema.ts";
import { halvingSchema } from "./halving_schema.ts";
import { citeSchema, notesSchema, tagsSchema } from "./label_schemas.ts";
import { launcherSchema } from "./launcher_schema.ts";
import { metricSchema } from "./metric_schema.ts";
import { nameSchema } from "./name_schema.ts";
import { patternSchema, patternsSchema } from "./pattern_schema.ts";
import { seedsSchema } from "./seeds_schema.ts";
import { tablesSchema } from "./tables_schema.ts";
import {
  preparationEntries,
  type TableEntry,
  tableSchemas,
  tableShape,
  trainerEntry,
  trainerSchema,
} from "./table_schemas.ts";

/** What an experiment file may contain: checks and the editors' JSON schema derive from it. */
export type ExperimentSchema = ReturnType<typeof buildSchema>;

const schemas = new WeakMap<Trainers, Map<string, ExperimentSchema>>();
const MOST_KEPT = 32;

/**
 * The schema of experiment files for some of the trainers, built once: building takes longer than a check.
 *
 * It checks each value on its own; `checkSections()` and `makeCells()` check values against other
 * sections and against the trainers of their block. Messages say what is required, without the value
 * that was found.
 *
 * @param keys The hyperparameters that the schema has, as far as they exist; all if not given. A schema
 * with the few of one file is built much faster.
 */
export function experimentSchema(
  trainers: Trainers,
  names: readonly TrainerName[],
  keys?: ReadonlySet<string>,
): ExperimentSchema {
  // Where the trainers are not known, whatever one of them takes may be right.
  if (names.length === 0) return experimentSchema(trainers, trainers.names, keys);
  const known = schemas.get(trainers) ?? new Map<string, ExperimentSchema>();
  schemas.set(trainers, known);
  const id = JSON.stringify([names, keys && [...keys]]);
  const found = known.get(id);
  if (found) return found;
  // A schema takes about 100 KiB, and each file that is read can need one of its own.
  if (known.size >= MOST_KEPT) known.clear();
  const schema = buildSchema(trainers, names, keys);
  known.set(id, schema);
  return schema;
}

function buildSchema(
  trainers: Trainers,
  names: readonly TrainerName[],
  keys?: ReadonlySet<string>,
) {
  const asked = ({ key }: TableEntry) => keys?.has(key) ?? true;
  const table = tableSchemas(trainers, names).filter(asked);
  const others = [trainerEntry(trainers), ...preparationEntries()].filter(asked);
  const withTrainer = [...table, ...others];
  const pattern = patternSchema(withTrainer);
  return z.strictObject({
    extends: z.string({ error: "extends must be the path of an experiment file" }).optional()
      .describe("an experiment file to inherit from; relative to this file"),
    name: nameSchema(),
    description: z.string({ error: "description must be text" }).default("")
      .describe("the question that this experiment asks"),
    tags: tagsSchema(),
    notes: notesSchema(),
    cite: citeSchema(),
    trainer: trainerSchema(trainers).default(trainers.default.name)
      .describe("what is trained, where a block of the grid does not say"),
    dataset: datasetFor(trainers, names),
    datasets: tablesSchema(),
    fixed: valuesSchema("fixed", table).optional()
      .describe("hyperparameters that all cells share, where they differ from the defaults"),
    grid: gridSchema(withTrainer, pattern).optional(),
    exclude: patternsSchema("exclude", pattern).optional()
      .describe("cells to leave out: those that any of these patterns matches"),
    only: patternsSchema("only", pattern).optional()
      .describe("cells to keep, of those that are not excluded; all if not given"),
    successive_halving: halvingSchema(),
    seeds: seedsSchema(),
    baseline: valuesSchema("baseline", withTrainer).optional()
      .describe(
        "values of the cell that the others are compared with; the first cell if not given",
      ),
    metric: metricSchema()
      .optional().describe(
        `the measure that cells are compared by; ${defaultMetricOf("classification")} or ` +
          `${defaultMetricOf("regression")} if not given; a measure that trainers compute ` +
          "themselves is described by a mapping",
      ),
    measures: measuresSchema(),
    equivalence: z.number({ error: "equivalence must be a number of at least 0" })
      .gte(0, { error: "equivalence must be at least 0" }).optional()
      .describe(
        "differences of the metric smaller than this are of no practical interest; 0.005 if not " +
          "given and the metric is a share",
      ),
    scope: z.enum(SCOPES, { error: `scope must be ${listWords(SCOPES)}` }).optional().describe(
      "what intervals claim: new_data (the default), what holds for another sample from the same " +
        "source; this_data, what works best on exactly these rows",
    ),
    budget: budgetSchema(),
    launcher: launcherSchema(),
  }, mappingError("an experiment", "with at least name and dataset"));
}

/** The `dataset:` block, which only trainers that need no dataset can do without. */
function datasetFor(trainers: Trainers, names: readonly TrainerName[]) {
  const schema = datasetSchema();
  const isNeeded = trainers.select(names).some(({ tasks }) => tasks.length > 0);
  // The output has the same type, whoever the trainers are.
  return (isNeeded ? schema : schema.optional()) as z.ZodOptional<typeof schema>;
}

function measuresSchema() {
  const keys = MEASURES.map(({ key }) => key);
  const list = { error: "measures must be a list of measures, such as [balanced_accuracy]" };
  return z.array(z.enum(keys, { error: `a measure must be ${listWords(keys)}` }), list)
    .optional().describe("the measures that result files have beside those that all have");
}

/** Gives seconds. */
function budgetSchema() {
  const error = `budget must be ${DURATION_WORDS}`;
  return z.string({ error }).regex(DURATION, { error, abort: true })
    .refine((text) => durationSeconds(text) !== undefined, { error })
    .transform((text) => durationSeconds(text)).optional()
    .describe("how long a sweep may take: after that, no run begins; --for says otherwise");
}

function valuesSchema(section: string, table: readonly TableEntry[]): z.ZodType<Config> {
  const shape = tableShape(table, ({ value }, entry) => {
    return entry.default === undefined ? value : value.meta({ default: entry.default });
  });
  return z.strictObject(shape, mappingError(section, "of hyperparameters to values"));
}
