import { listWords } from "../list_words.ts";
import { nearest } from "../nearest.ts";
import type { DefinitionProblem } from "./definition_error.ts";
import type { Hyperparameter } from "./hyperparameter.ts";
import { isMapping, type Members, shownValue, unknownMembers } from "./own_members.ts";
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
/** The most characters of each. */
const LONGEST = { key: 60, choice: 60, label: 80, unit: 30, help: 300 } as const;
/** Each has a dimension of Sobol's sequence. */
const MOST_ROWS = 50;
const KEY = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;
/** Such a word is nothing else in YAML, in a CSV file and on the command line. */
const CHOICE = /^[a-z_][\w.+-]*$/i;
const CONSTANT = /^(true|false|null)$/i;

type Type = typeof TYPES[number];

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
  const keys = Object.keys(definition);
  if (keys.length > MOST_ROWS) {
    const message = `A trainer must not have more than ${MOST_ROWS} hyperparameters`;
    problems.push({ path: [keys[MOST_ROWS]], message });
  }
  const labels = new Map<string, string>();
  const rows = Object.entries(definition).flatMap(([key, members], index) => {
    const found = problemsOf(key, members);
    // The report tells hyperparameters apart by their labels.
    const label = isMapping(members) && members.label !== undefined ? `${members.label}` : key;
    const other = labels.get(label);
    if (other !== undefined) {
      const message = `Cannot use label ${shownValue(label)} of ${key}: ${other} has the same`;
      found.push({ path: [key, "label"], message });
    }
    labels.set(label, key);
    problems.push(...found);
    return found.length > 0 ? [] : [rowOf(key, members as Members, index)];
  });
  return { rows, problems };
}

function problemsOf(key: string, members: unknown): DefinitionProblem[] {
  const problems: DefinitionProblem[] = keyProblems(key);
  if (!isMapping(members)) {
    const message = `${key} must be a mapping such as { type: number, default: 1 }`;
    return [...problems, { path: [key], message }];
  }
  const report = (member: string, message: string, hint?: string) => {
    const path = member in members ? [key, member] : [key];
    problems.push({ path, message, ...hint !== undefined && { hint } });
  };
  for (const { path, ...problem } of unknownMembers(members, MEMBERS, `hyperparameter ${key}`)) {
    problems.push({ path: [key, ...path], ...problem });
  }
  const type = TYPES.find((type) => type === members.type);
  if (type === undefined) {
    const given = members.type;
    const message = given === undefined
      ? `Missing type of ${key}: ${listWords(TYPES)}`
      : `Cannot use type ${shownValue(given)} of ${key}: it must be ${listWords(TYPES)}`;
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
    } else if (type === "integer" && !Number.isSafeInteger(value)) {
      report(bound, `${bound} of ${key} must be an integer, as ${key} is`);
    }
  }
  if (isNumber && problems.length === 0) reportRange(key, type, members, report);
  if (members.regularizer !== undefined && typeof members.regularizer !== "boolean") {
    report("regularizer", `regularizer of ${key} must be true or false`);
  } else if (members.regularizer && !isNumber) {
    const reason = `a regularizer has a strength, and its type is ${type}`;
    report("regularizer", `Cannot use regularizer of ${key}: ${reason}`);
  }
  for (const text of TEXTS) {
    const value = members[text];
    if (value === undefined) continue;
    if (typeof value !== "string" || value.trim() === "" || /[\p{Cc}\u2028\u2029]/u.test(value)) {
      report(text, `${text} of ${key} must be one line of text`);
    } else if (value.length > LONGEST[text]) {
      report(text, `${text} of ${key} must not be longer than ${LONGEST[text]} characters`);
    }
  }
  const isChoosable = type !== "choice" || choicesProblem(members.choices) === undefined;
  if (!isChoosable || members.default === undefined) return problems;
  const problem = defaultProblem(type, members);
  if (problem !== undefined) {
    report(
      "default",
      `Cannot use default ${shownValue(members.default)} of ${key}: it must be ${problem}`,
    );
  }
  return problems;
}

function keyProblems(key: string): DefinitionProblem[] {
  const form = "names are lower-case words of letters and digits, joined by underscores, such as " +
    "learning_rate";
  const reason = !KEY.test(key)
    ? form
    : key.length > LONGEST.key
    ? `a name must not be longer than ${LONGEST.key} characters`
    : reservedReason(key);
  if (reason === undefined) return [];
  const snake = key.replaceAll(/(?<=[a-z0-9])[A-Z]/g, "_$&").replaceAll("-", "_").toLowerCase();
  const hint = snake !== key && KEY.test(snake) ? `did you mean ${snake}?` : undefined;
  const message = `Cannot use hyperparameter "${key}": ${reason}`;
  return [{ path: [key], isAboutKey: true, message, ...hint !== undefined && { hint } }];
}

type ReportMember = (member: string, message: string, hint?: string) => void;

/** Reports bounds that leave no value, or of which one is needless. */
function reportRange(key: string, type: Type, members: Members, report: ReportMember): void {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = members as Partial<
    Record<keyof typeof BOUNDS, number>
  >;
  if (minimum !== undefined && exclusiveMinimum !== undefined) {
    report("exclusiveMinimum", `${key} has both minimum and exclusiveMinimum: leave one out`);
  } else if (maximum !== undefined && exclusiveMaximum !== undefined) {
    report("exclusiveMaximum", `${key} has both maximum and exclusiveMaximum: leave one out`);
  } else {
    const low = minimum ?? exclusiveMinimum ?? -Infinity;
    const high = maximum ?? exclusiveMaximum ?? Infinity;
    const isOpen = minimum === undefined || maximum === undefined;
    const lowest = type === "integer" && minimum === undefined ? low + 1 : low;
    const highest = type === "integer" && maximum === undefined ? high - 1 : high;
    if (isOpen && type === "number" ? low < high : lowest <= highest) return;
    const bound = maximum === undefined ? "exclusiveMaximum" : "maximum";
    report(bound, `Cannot use ${bound} ${high} of ${key}: no value is left above ${low}`);
  }
}

function choicesProblem(choices: unknown): string | undefined {
  if (!Array.isArray(choices) || choices.length === 0) return "must be a list of words";
  const isWord = (word: unknown) =>
    typeof word === "string" && CHOICE.test(word) && !CONSTANT.test(word);
  const wrong = choices.findIndex((word) => !isWord(word));
  if (wrong >= 0) {
    return "must be words that begin with a letter and go on with letters, digits and . + - _, " +
      `not ${shownValue(choices[wrong])}`;
  }
  const long = choices.find((word) => word.length > LONGEST.choice);
  if (long !== undefined) return `must not be longer than ${LONGEST.choice} characters`;
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
