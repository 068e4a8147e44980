import { z } from "zod";
import { DOCUMENTS, ERROR_DOCUMENT } from "./documents.ts";
import { SWEEP_EVENTS } from "./sweep_events.ts";

type Schema = z.core.JSONSchema.BaseSchema;

/**
 * The JSON schema of all that commands print with `--json`: of each document by its command's name,
 * of `error` and of `sweepEvent`, a line of sweep's.
 *
 * @param isClosed True: no member is valid that the schema does not name. Programs are to take those
 * that later versions of regsweep add.
 */
export function jsonSchema({ isClosed = false }: { readonly isClosed?: boolean } = {}): Schema {
  const schemaOf = (schema: z.ZodType): Schema => {
    const { $schema: _, ...rest } = z.toJSONSchema(schema, {
      target: "draft-7",
      io: isClosed ? "output" : "input",
      override({ jsonSchema }) {
        // Every integer of zod's has this bound; it tells nobody anything.
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        delete jsonSchema.readOnly;
        delete jsonSchema.propertyNames;
      },
    });
    return rest;
  };
  const documents = { ...DOCUMENTS, error: ERROR_DOCUMENT };
  const sweepEvent = z.union(Object.values(SWEEP_EVENTS));
  const all: Readonly<Record<string, z.ZodType>> = { ...documents, sweepEvent };
  const names = Object.keys(all);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "regsweep --json",
    anyOf: names.map((name) => ({ $ref: `#/definitions/${name}` })),
    definitions: Object.fromEntries(names.map((name) => [name, schemaOf(all[name])])),
  };
}

/** The same as the text of docs/json.schema.json. */
export function jsonSchemaText(): string {
  return JSON.stringify(jsonSchema(), null, 2) + "\n";
}
