import type { Task } from "../../measures/measure.ts";
import { nearest } from "../../nearest.ts";
import type { Problem } from "../../user_error.ts";
import type { DefinitionProblem } from "../definition_error.ts";
import type { ModuleCode } from "../own_code.ts";
import { readHyperparameters } from "../own_hyperparameters.ts";
import { DefinitionPlaces } from "./_definition_places.ts";
import type { SourceFile } from "./_source_file.ts";
import type { SeenValue } from "./definition_messages.ts";

/** What a definition says, as regsweep keeps it. */
export type CheckedDefinition = Pick<ModuleCode, "name" | "tasks" | "hyperparameters" | "allow">;

type Members = Readonly<Record<string, unknown>>;
type Report = (path: DefinitionProblem["path"], message: string, hint?: string) => void;

const MEMBERS = ["name", "tasks", "hyperparameters", "allow", "train"];
const TASKS: readonly Task[] = ["classification", "regression"];
const ALLOWED = ["math"] as const;
const NAME = /^[a-z][\w-]*$/i;
const LONGEST_NAME = 60;
const LONGEST_LIST = 10;
const FUNCTION = "a function";

/**
 * Checks what a module exports by default.
 *
 * @param exported Undefined if it has no default export.
 * @param source The file that exports it.
 */
export function checkDefinition(
  exported: SeenValue | undefined,
  source: SourceFile,
): {
  readonly definition?: CheckedDefinition;
  readonly problems: readonly Problem[];
  /** As far as it is right. */
  readonly allow: ModuleCode["allow"];
} {
  const places = new DefinitionPlaces(source);
  const problems: Problem[] = [];
  if (!exported) {
    const message = "A trainer's module exports an object by default: export default { … }";
    return { problems: [{ message, place: { file: source.label } }], allow: [] };
  }
  const value = valueOf(exported);
  if (!isMapping(value)) {
    const message = `A trainer's module must export a plain object by default, not ${show(value)}`;
    return { problems: [{ message, place: places.place([]) }], allow: [] };
  }
  const report: Report = (path, message, hint) => {
    const isWrongKey = message.startsWith("Unknown member") ||
      message.startsWith("Cannot use hyperparameter");
    const place = isWrongKey ? places.placeOfKey(path) : places.place(path);
    problems.push({ message, place, ...hint !== undefined && { hint } });
  };
  for (const path of [[], ["hyperparameters"], ...rowPaths(value)]) {
    for (const { key, place } of places.repeated(path)) {
      problems.push({ message: `Cannot use "${key}" twice`, place });
    }
  }
  for (const member of Object.keys(value)) {
    if (MEMBERS.includes(member)) continue;
    const near = nearest(member, MEMBERS);
    const hint = near ? `did you mean "${near}"?` : `there are ${MEMBERS.join(", ")}`;
    report([member], `Unknown member "${member}" of a trainer`, hint);
  }
  checkTrain(value, report);
  const { rows, problems: ofRows } = readHyperparameters(value.hyperparameters);
  for (const { path, message, hint } of ofRows) {
    report(["hyperparameters", ...path], message, hint);
  }
  const definition = {
    name: readName(value, report),
    tasks: readWords(value, "tasks", TASKS, report),
    hyperparameters: rows,
    allow: readWords(value, "allow", ALLOWED, report),
  };
  const { allow } = definition;
  return problems.length > 0 ? { problems, allow } : { definition, problems, allow };
}

function rowPaths({ hyperparameters }: Members): string[][] {
  return isMapping(hyperparameters)
    ? Object.keys(hyperparameters).map((key) => ["hyperparameters", key])
    : [];
}

function readName({ name }: Members, report: Report): string {
  if (name === undefined) report([], 'Missing name of the trainer, such as name: "ridge"');
  else if (typeof name !== "string" || !NAME.test(name)) {
    const rule = "a name begins with a letter and goes on with letters, digits, _ and -";
    report(["name"], `Cannot use name ${show(name)}: ${rule}`);
  } else if (name.length > LONGEST_NAME) {
    report(["name"], `name must not be longer than ${LONGEST_NAME} characters`);
  } else return name;
  return "";
}

function checkTrain({ train }: Members, report: Report): void {
  const form = "a generator function, *train(run) { … }";
  if (train === undefined) report([], `Missing train of the trainer: ${form}`);
  else if (String(train) !== FUNCTION) {
    report(["train"], `Cannot use ${show(train)} as train: it must be ${form}`);
  }
}

/** A list of some words, in their order; empty if it is absent. */
function readWords<T extends string>(
  members: Members,
  key: string,
  words: readonly T[],
  report: Report,
): readonly T[] {
  const list = members[key];
  if (list === undefined) return [];
  const [first, ...more] = words;
  const rule = `${key} must be a list of ${[first, ...more].join(" and ")}`;
  if (!Array.isArray(list)) {
    report([key], rule);
    return [];
  }
  if (list.length === 0) report([key], `${rule}; leave it out if there is none`);
  if (list.length > LONGEST_LIST) {
    report([key], `${rule}, each once`);
    return [];
  }
  for (const [index, word] of list.entries()) {
    if (!words.includes(word)) {
      const near = typeof word === "string" ? nearest(word, words) : undefined;
      report([key, index], `Cannot use ${show(word)}: ${rule}`, near && `did you mean "${near}"?`);
    } else if (list.indexOf(word) < index) report([key, index], `${key} has ${show(word)} twice`);
  }
  return words.filter((word) => list.includes(word));
}

/** A value like the one that was seen. A function that says what it is stands for what cannot be sent. */
function valueOf(seen: SeenValue): unknown {
  switch (seen.kind) {
    case "plain":
      return seen.value;
    case "list":
      return seen.items.map(valueOf);
    case "object":
      return Object.fromEntries(seen.members.map(([key, value]) => [key, valueOf(value)]));
    case "other":
      return standIn(seen.what);
  }
}

function standIn(what: string): () => void {
  return Object.assign(() => {}, { toString: () => what });
}

function isMapping(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = typeof value === "number" ? String(value) : JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
