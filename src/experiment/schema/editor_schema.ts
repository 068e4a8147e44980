import { z } from "zod";
import type { TrainerName } from "../../trainers/trainer.ts";
import { BUILT_IN, type Trainers } from "../../trainers/trainers.ts";
import { experimentSchema } from "./experiment_schema.ts";
import { type Schema, shareDefinitions } from "./share_definitions.ts";
import { TRAINER_ID } from "./table_schemas.ts";

/** What a mapping that defines a program may have; `readProgram()` checks more. */
export const PROGRAM_SCHEMA = {
  type: "object",
  properties: {
    command: {
      type: "array",
      items: { type: "string" },
      minItems: 1,
      description: "the program and its arguments: [python3, train.py]",
    },
    files: {
      type: "array",
      items: { type: "string" },
      description:
        "what it consists of: change one, and its runs are new ones; the files that command names " +
        "if not given",
    },
    folder: {
      type: "string",
      description: "where it starts, and where its files are; the folder of this file if not given",
    },
    hyperparameters: {
      type: "object",
      additionalProperties: {
        type: "object",
        properties: {
          type: { enum: ["number", "integer", "boolean", "choice"] },
          choices: { type: "array", items: { type: "string" }, minItems: 1 },
          minimum: { type: "number" },
          exclusiveMinimum: { type: "number" },
          maximum: { type: "number" },
          exclusiveMaximum: { type: "number" },
          default: { type: ["number", "boolean", "string"] },
          regularizer: { type: "boolean" },
          label: { type: "string" },
          unit: { type: "string" },
          help: { type: "string" },
        },
        required: ["type"],
        additionalProperties: false,
      },
      description: "what experiments can set, by name",
    },
    name: {
      type: "string",
      description: "what results call it; the first file's name without its extension if not given",
    },
    tasks: {
      type: "array",
      items: { enum: ["classification", "regression"] },
      description: "what it learns from a dataset; without them, it needs none",
    },
    env: {
      type: "object",
      additionalProperties: { type: ["string", "number"] },
      description: "variables of its environment",
    },
    timeout: {
      type: "integer",
      minimum: 1,
      description: "seconds that one attempt at a run may take",
    },
    retries: {
      type: "integer",
      minimum: 0,
      description: "how often a run that fails is tried again; 0 if not given",
    },
    deterministic: {
      type: "boolean",
      description: "false if it may give other results when it runs again",
    },
  },
  required: ["command"],
  additionalProperties: false,
  description: "a program in any language",
} as const;

/**
 * The text of `experimentJsonSchema()`, in which nothing long is written twice.
 *
 * Without arguments, it is for all experiments: of those with trainers of their own, it does not know the
 * hyperparameters, nor whether they need a dataset.
 */
export function editorSchema(trainers?: Trainers, names?: readonly TrainerName[]): string {
  const schema = experimentJsonSchema(trainers, names);
  const shared = shareDefinitions(trainers ? schema : forAllExperiments(schema));
  return `${JSON.stringify(shared, null, 2)}\n`;
}

/** What modules' paths look like. */
const MODULE_PATH = "/|\\.m?[jt]s$";
/** The sections that have hyperparameters. */
const SECTIONS = ["fixed", "grid", "exclude", "only", "baseline"];

/** A schema for one value, or for a list with one that it matches. */
function oneOrListWith(schema: Schema): Schema {
  return { anyOf: [schema, { type: "array", contains: schema }] };
}

/** A mapping whose value of a key matches. */
function mappingWith(key: string, schema: Schema): Schema {
  return { type: "object", required: [key], properties: { [key]: schema } };
}

const OWN_BLOCK = "ownBlock";
const NAMES_OWN = mappingWith(
  "trainer",
  oneOrListWith({ anyOf: [{ type: "object" }, { type: "string", pattern: MODULE_PATH }] }),
);
const HAS_OWN: Schema = {
  anyOf: [
    NAMES_OWN,
    mappingWith("grid", oneOrListWith({ $ref: `#/definitions/${OWN_BLOCK}` })),
  ],
};

/** Takes what is not known of trainers of one's own out of a schema, where an experiment has some. */
function forAllExperiments(schema: Schema): Schema {
  const { properties, definitions, required, if: extending, else: complete, ...rest } = schema as {
    readonly [key: string]: unknown;
    readonly properties: Record<string, Schema>;
    readonly definitions: Schema;
    readonly else: {
      readonly required: readonly string[];
      readonly anyOf: readonly Schema[];
      readonly properties: Schema;
    };
  };
  const known = SECTIONS.map((section) => [section, properties[section]] as const);
  const open = known.map(([section, { description = "" }]) => [section, { description }]);
  const inner = { $ref: `#/definitions/${OWN_BLOCK}` };
  const ownBlock = {
    anyOf: [
      NAMES_OWN,
      ...["zip", "conditional"].map((key) => mappingWith(key, oneOrListWith(inner))),
    ],
  };
  return {
    ...rest,
    properties: { ...properties, ...Object.fromEntries(open) },
    required,
    allOf: [
      { if: extending, else: { properties: complete.properties } },
      { if: HAS_OWN, else: { properties: Object.fromEntries(known) } },
      {
        if: { anyOf: [extending, HAS_OWN] },
        else: { required: complete.required, anyOf: complete.anyOf },
      },
    ],
    definitions: { ...definitions, [OWN_BLOCK]: ownBlock },
  };
}

/** An experiment has one dataset, or several. */
const EITHER_DATASET = ["dataset", "datasets"].map((key): Schema => ({ required: [key] }));

/**
 * The JSON schema with which editors complete and check experiment files.
 *
 * What a file that extends another does not say, the other may.
 *
 * @param names Of the trainers whose hyperparameters a file may have.
 */
export function experimentJsonSchema(
  trainers: Trainers = BUILT_IN,
  names: readonly TrainerName[] = trainers.names,
): Schema {
  const { required: [...required] = [], ...schema } = z.toJSONSchema(
    experimentSchema(trainers, names),
    {
      target: "draft-7",
      io: "input",
      override({ jsonSchema }) {
        if (jsonSchema.id === TRAINER_ID) writeTrainer(jsonSchema, trainers);
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
    else: {
      required: required.filter((key) => key !== "dataset"),
      ...required.includes("dataset") && { anyOf: EITHER_DATASET },
      properties: { dataset: { required: requiredOfDataset } },
    },
  };
}

/** Lets an editor take paths and mappings for trainers, too. */
function writeTrainer(schema: z.core.JSONSchema.BaseSchema, { names }: Trainers): void {
  delete schema.type;
  delete schema.enum;
  schema.anyOf = [
    { enum: [...names] },
    { type: "string", pattern: MODULE_PATH, description: "the path of a module" },
    structuredClone(PROGRAM_SCHEMA) as unknown as z.core.JSONSchema.BaseSchema,
  ];
}
