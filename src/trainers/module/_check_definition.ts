import { TASKS } from "../../measures/measure.ts";
import type { Problem } from "../../user_error.ts";
import type { DefinitionProblem } from "../definition_error.ts";
import type { ModuleCode } from "../own_code.ts";
import { readHyperparameters } from "../own_hyperparameters.ts";
import {
  isMapping,
  isName,
  type Members,
  nameProblem,
  readWords,
  type Report,
  shownValue,
  unknownMembers,
} from "../own_members.ts";
import { DefinitionPlaces } from "./_definition_places.ts";
import type { SourceFile } from "./_source_file.ts";
import type { SeenValue } from "./realm/definition_messages.ts";

/** What a definition says, as regsweep keeps it. */
export type CheckedDefinition = Pick<
  ModuleCode,
  "name" | "tasks" | "hyperparameters" | "allow" | "predicts"
>;

const MEMBERS = ["name", "tasks", "hyperparameters", "allow", "train", "predict"];
const ALLOWED = ["math"] as const;
const FUNCTION = "a function";
const ASYNC_FUNCTION = "an async function";

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
    const shown = shownValue(value);
    const message = `A trainer's module must export a plain object by default, not ${shown}`;
    const hint = shown === "a promise" ? "write export default await …" : undefined;
    const place = places.place([]);
    return { problems: [{ message, place, ...hint !== undefined && { hint } }], allow: [] };
  }
  const add = ({ path, isAboutKey, ...problem }: DefinitionProblem) => {
    const place = isAboutKey ? places.placeOfKey(path) : places.place(path);
    problems.push({ ...problem, place });
  };
  const report: Report = (path, message, hint) => {
    add({ path, message, ...hint !== undefined && { hint } });
  };
  for (const path of [[], ["hyperparameters"], ...rowPaths(value)]) {
    for (const { key, place } of places.repeated(path)) {
      problems.push({ message: `Cannot use "${key}" twice`, place });
    }
  }
  unknownMembers(value, MEMBERS, "a trainer").forEach(add);
  checkTrain(value, report);
  checkPredict(value, report);
  const { rows, problems: ofRows } = readHyperparameters(value.hyperparameters);
  for (const { path, ...problem } of ofRows) {
    add({ path: ["hyperparameters", ...path], ...problem });
  }
  const definition = {
    name: readName(value, report),
    tasks: readWords(value, "tasks", { words: TASKS, report }),
    hyperparameters: rows,
    allow: readWords(value, "allow", { words: ALLOWED, report }),
    ...value.predict !== undefined && { predicts: true as const },
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
  if (isName(name)) return name;
  if (name === undefined) report([], 'Missing name of the trainer, such as name: "ridge"');
  else report(["name"], nameProblem(name));
  return "";
}

function checkTrain({ train }: Members, report: Report): void {
  const form = "a generator function, *train(run) { … }";
  if (train === undefined) report([], `Missing train of the trainer: ${form}`);
  else if (String(train) !== FUNCTION) {
    const hint = String(train) === ASYNC_FUNCTION ? "write async *train(run) { … }" : undefined;
    report(["train"], `Cannot use ${shownValue(train)} as train: it must be ${form}`, hint);
  }
}

function checkPredict({ predict, tasks }: Members, report: Report): void {
  if (predict === undefined) return;
  const form = "a function, predict(model, x, rows) { … }";
  if (String(predict) !== FUNCTION) {
    report(["predict"], `Cannot use ${shownValue(predict)} as predict: it must be ${form}`);
  } else if (tasks === undefined) {
    report(["predict"], "Cannot use predict without tasks: there are no rows to predict");
  }
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
