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

/** The text of `experimentJsonSchema()`, in which nothing long is written twice. */
export function editorSchema(
  trainers: Trainers = BUILT_IN,
  names: readonly TrainerName[] = trainers.names,
): string {
  const schema = shareDefinitions(experimentJsonSchema(trainers, names));
  return `${JSON.stringify(schema, null, 2)}\n`;
}

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
    else: { required, properties: { dataset: { required: requiredOfDataset } } },
  };
}

/** Lets an editor take paths and mappings for trainers, too. */
function writeTrainer(schema: z.core.JSONSchema.BaseSchema, { names }: Trainers): void {
  delete schema.type;
  delete schema.enum;
  schema.anyOf = [
    { enum: [...names] },
    { type: "string", pattern: "/|\\.m?[jt]s$", description: "the path of a module" },
    structuredClone(PROGRAM_SCHEMA) as unknown as z.core.JSONSchema.BaseSchema,
  ];
}
