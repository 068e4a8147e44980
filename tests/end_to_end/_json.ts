import { assert } from "@std/assert";
import { Ajv } from "ajv";
import { join } from "node:path";
import { jsonSchema } from "../../src/cli/json/json_schema.ts";
import { type Finished, PROJECT } from "./_task.ts";

const KEPT = JSON.parse(await Deno.readTextFile(join(PROJECT, "docs/json.schema.json")));
const validators = [KEPT, jsonSchema({ isClosed: true })].map((schema) =>
  new Ajv({ strict: false }).addSchema({ ...schema, $id: "regsweep" })
);

/** Asserts that a document is as the kept schema says, and has no member that it does not name. */
export function assertValid(definition: string, document: unknown): void {
  for (const ajv of validators) {
    const isValid = ajv.validate(`regsweep#/definitions/${definition}`, document);
    assert(isValid, `${definition}: ${ajv.errorsText()}\n${JSON.stringify(document)}`);
  }
}

// deno-lint-ignore no-explicit-any
export type Json = any;

/** The one document that a command prints. */
export function documentIn({ stdout }: Finished, definition: string): Json {
  const document = JSON.parse(stdout);
  assertValid(definition, document);
  return document;
}

/** The events that a sweep prints, one a line. */
export function eventsIn(stdout: string): Json[] {
  assert(stdout.endsWith("}\n"), stdout.slice(-200));
  const events = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  for (const event of events) assertValid("sweepEvent", event);
  return events;
}
