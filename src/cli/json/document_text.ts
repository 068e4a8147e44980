import type { DocumentCommand, Members } from "./documents.ts";
import { jsonText } from "./json_text.ts";
import { SCHEMA_VERSION } from "./schema_version.ts";

/** What a command prints with `--json`. */
export function documentText<Command extends DocumentCommand>(
  command: Command,
  members: Members<Command>,
): string {
  return jsonText({ schemaVersion: SCHEMA_VERSION, command, ...members }, 2);
}
