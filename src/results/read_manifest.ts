import type { z } from "zod";
import { type Problem, UserError } from "../user_error.ts";
import { isOfCollection } from "./collection_manifest.ts";
import type { Manifest } from "./manifest.ts";
import { IMPORT_SCHEMA } from "./manifest_import_schema.ts";
import { MANIFEST_SCHEMA } from "./manifest_schema.ts";
import { OTHER_FILES } from "./result_files.ts";

const OF_SEVERAL =
  "Cannot use it here: it is of several datasets, each of which has a folder in this one";
const PLACE = { file: OTHER_FILES.manifest.name };
/** More than any version writes, and less than what makes recursive functions fail. */
const DEEPEST = 32;
const MOST_PROBLEMS = 10;
/** The most characters of a wrong value that a message shows. */
const SHOWN = 60;

/**
 * Reads the text of a manifest.json.
 *
 * @throws {UserError} If the text is not JSON, has another format number, or lacks something that
 * sweeps write. Messages never quote text that is not JSON: it could come from any file.
 */
export function readManifest(text: string): Manifest {
  const json = parseManifestJson(text);
  if (isOfCollection(json)) throw new UserError({ message: OF_SEVERAL, place: PLACE });
  const schema: z.ZodType<Manifest> = json.imported === undefined ? MANIFEST_SCHEMA : IMPORT_SCHEMA;
  const { success, data, error } = schema.safeParse(json);
  if (success) return data;
  const problems = error.issues.map((issue) => problemOf(issue, json));
  const more = problems.length - MOST_PROBLEMS;
  if (more <= 1) throw new UserError(problems);
  const message = `There are ${more} more problems`;
  throw new UserError([...problems.slice(0, MOST_PROBLEMS), { message, place: PLACE }]);
}

/**
 * Parses the text of a manifest.json, with the members that this version does not know.
 *
 * @throws {UserError} If the text is not JSON, or has another format number.
 */
export function parseManifestJson(text: string): Readonly<Record<string, unknown>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError({ message: "Cannot read it: it is not JSON", place: PLACE });
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    throw new UserError({ message: "Cannot read it: it is not a JSON object", place: PLACE });
  }
  if (isDeeperThan(json, DEEPEST)) {
    throw new UserError({ message: "Cannot read it: it is nested too deeply", place: PLACE });
  }
  const { format } = json as { format?: unknown };
  if (format !== 1) {
    const message = format === undefined
      ? "Cannot read it: format is missing"
      : `Cannot read format ${shown(format)}: it must be 1`;
    throw new UserError({ message, place: PLACE });
  }
  return json as Readonly<Record<string, unknown>>;
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeperThan(member, depth - 1));
}

function problemOf({ code, path, message, ...issue }: z.core.$ZodIssue, json: unknown): Problem {
  const name = memberName(path);
  if (code === "invalid_key" && "issues" in issue) {
    return { message: `Cannot use ${name}: ${issue.issues[0].message}`, place: PLACE };
  }
  const value = path.reduce<unknown>((value, step) => (value as Members)[step], json);
  const problem = value === undefined
    ? `Cannot read it: ${name} is missing`
    : typeof value === "object" && value !== null
    ? `Cannot use ${name}: ${message}`
    : `Cannot use ${shown(value)} as ${name}: ${message}`;
  return { message: problem, place: PLACE };
}

type Members = Readonly<Record<PropertyKey, unknown>>;

/** A member as a path: `experiment.cells[3].name`. */
export function memberName(path: readonly PropertyKey[]): string {
  return path.map((step, index) => {
    if (typeof step === "number") return `[${step}]`;
    const name = String(step);
    if (!/^\w+$/.test(name)) return `[${shown(name)}]`;
    return index === 0 ? name : `.${name}`;
  }).join("");
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
