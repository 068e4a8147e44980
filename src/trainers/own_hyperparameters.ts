import { listWords } from "../list_words.ts";
import { nearest } from "../nearest.ts";
import type { DefinitionProblem } from "./definition_error.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { reservedReason } from "./reserved_keys.ts";

const TYPES = ["number", "integer", "boolean", "choice"] as const;
const BOUNDS = {
  minimum: (value: number, bound: number) => value >= bound,
  exclusiveMinimum: (value: number, bound: number) => value > bound,
  maximum: (value: number, bound: number) => value <= bound,
  exclusiveMaximum: (value: number, bound: number) => value < bound,
} as const;
const TEXTS = ["label", "unit", "help"] as const;
const MEMBERS = ["type", "choices", ...Object.keys(BOUNDS), "default", "regularizer", ...TEXTS];
const KEY = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

type Type = typeof TYPES[number];
type Members = Readonly<Record<string, unknown>>;

/** Rows of hyperparameters, as far as they could be made, and everything wrong in the definition. */
export interface ReadHyperparameters {
  readonly rows: readonly Hyperparameter[];
  /** Paths begin in the mapping of hyperparameters: `["c", "type"]`. */
  readonly problems: readonly DefinitionProblem[];
}

/**
 * Makes rows of an own trainer's hyperparameters from their definition, which is a mapping from keys
 * to `HyperparameterDefinition`s, if it is right.
 *
 * Their order is that of the mapping.
 */
export function readHyperparameters(definition: unknown): ReadHyperparameters {
  if (definition === undefined) return { rows: [], problems: [] };
  if (!isMapping(definition)) {
    const message = "hyperparameters must be a mapping from names to their definitions";
    return { rows: [], problems: [{ path: [], message }] };
  }
  const problems: DefinitionProblem[] = [];
  const rows = Object.entries(definition).flatMap(([key, members], index) => {
    const found = problemsOf(key, members);
    problems.push(...found);
    return found.length > 0 ? [] : [rowOf(key, members as Members, index)];
  });
  return { rows, problems };
}

function problemsOf(key: string, members: unknown): DefinitionProblem[] {
  if (!KEY.test(key)) {
    const message = `Cannot use hyperparameter "${key}": names are lower-case words of letters ` +
      "and digits, joined by underscores, such as learning_rate";
    return [{ path: [key], message }];
  }
  const reason = reservedReason(key);
  if (reason !== undefined) {
    return [{ path: [key], message: `Cannot use hyperparameter "${key}": ${reason}` }];
  }
  if (!isMapping(members)) {
    const message = `${key} must be a mapping such as { type: number, default: 1 }`;
    return [{ path: [key], message }];
  }
  const problems: DefinitionProblem[] = [];
  const report = (member: string, message: string, hint?: string) => {
    const path = member in members ? [key, member] : [key];
    problems.push({ path, message, ...hint !== undefined && { hint } });
  };
  for (const member of Object.keys(members)) {
    if (MEMBERS.includes(member)) continue;
    const near = nearest(member, MEMBERS);
    const hint = near ? `did you mean "${near}"?` : `there are ${MEMBERS.join(", ")}`;
    report(member, `Unknown member "${member}" of hyperparameter ${key}`, hint);
  }
  const type = TYPES.find((type) => type === members.type);
  if (type === undefined) {
    const given = members.type;
    const message = given === undefined
      ? `Missing type of ${key}: ${listWords(TYPES)}`
      : `Cannot use type ${JSON.stringify(given)} of ${key}: it must be ${listWords(TYPES)}`;
    const near = typeof given === "string" ? nearest(given, TYPES) : undefined;
    report("type", message, near && `did you mean "${near}"?`);
    return problems;
  }
  const isNumber = type === "number" || type === "integer";
  if (type === "choice") {
    const problem = choicesProblem(members.choices);
    if (problem !== undefined) report("choices", `choices of ${key} ${problem}`);
  } else if (members.choices !== undefined) {
    report("choices", `Cannot use choices of ${key}: its type is ${type}, not choice`);
  }
  for (const bound of Object.keys(BOUNDS)) {
    const value = members[bound];
    if (value === undefined) continue;
    if (!isNumber) report(bound, `Cannot use ${bound} of ${key}: its type is ${type}`);
    else if (typeof value !== "number" || !Number.isFinite(value)) {
      report(bound, `${bound} of ${key} must be a number`);
    }
  }
  if (members.regularizer !== undefined && typeof members.regularizer !== "boolean") {
    report("regularizer", `regularizer of ${key} must be true or false`);
  }
  for (const text of TEXTS) {
    const value = members[text];
    if (value === undefined) continue;
    if (typeof value !== "string" || value.trim() === "" || /\n/.test(value)) {
      report(text, `${text} of ${key} must be one line of text`);
    }
  }
  if (problems.length > 0 || members.default === undefined) return problems;
  const problem = defaultProblem(type, members);
  if (problem !== undefined) {
    const given = JSON.stringify(members.default) ?? String(members.default);
    report("default", `Cannot use default ${given} of ${key}: it must be ${problem}`);
  }
  return problems;
}

function choicesProblem(choices: unknown): string | undefined {
  if (!Array.isArray(choices) || choices.length === 0) return "must be a list of words";
  const wrong = choices.find((word) => typeof word !== "string" || !/^\w[\w.+-]*$/.test(word));
  if (wrong !== undefined) {
    return `must be words of letters, digits and . + - _, not ${JSON.stringify(wrong)}`;
  }
  const twice = choices.find((word, index) => choices.indexOf(word) < index);
  return twice === undefined ? undefined : `have ${JSON.stringify(twice)} twice`;
}

/** What a default must be, if it is something else. */
function defaultProblem(type: Type, members: Members): string | undefined {
  const value = members.default;
  if (type === "boolean") return typeof value === "boolean" ? undefined : "true or false";
  if (type === "choice") {
    const choices = members.choices as readonly string[];
    return choices.some((word) => word === value) ? undefined : listWords(choices);
  }
  const isRight = type === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!isRight) return type === "integer" ? "an integer" : "a number";
  for (const [bound, holds] of Object.entries(BOUNDS)) {
    const limit = members[bound];
    if (typeof limit === "number" && !holds(value as number, limit)) {
      return `within its bounds, and ${bound} is ${limit}`;
    }
  }
  return undefined;
}

/** The row of a definition that is right. */
function rowOf(key: string, members: Members, index: number): Hyperparameter {
  const { type, choices, regularizer, default: standard, label, help, unit, ...bounds } = members;
  const row = {
    key,
    type: type === "choice" ? "word" : type,
    shape: "scalar",
    ...choices !== undefined && { words: choices },
    ...bounds,
    ...standard !== undefined && { default: standard },
    sobolDimension: index + 1,
    ...unit !== undefined && { unit },
    label: label ?? key,
    help: help ?? "",
    ...regularizer === true && { regularizer },
  };
  return row as Hyperparameter;
}

function isMapping(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
