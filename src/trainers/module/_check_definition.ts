import { listWords } from "../../list_words.ts";
import type { Task } from "../../measures/measure.ts";
import { nearest } from "../../nearest.ts";
import type { Problem } from "../../user_error.ts";
import type { Hyperparameter } from "../hyperparameter.ts";
import type { ModuleCode } from "../own_code.ts";
import { reservedReason } from "../reserved_keys.ts";
import { DefinitionPlaces, type MemberPath } from "./_definition_places.ts";
import type { SourceFile } from "./_source_file.ts";
import type { SeenValue } from "./definition_messages.ts";

/** What a definition says, as regsweep keeps it. */
export type CheckedDefinition = Pick<ModuleCode, "name" | "tasks" | "hyperparameters" | "allow">;

type Members = ReadonlyMap<string, SeenValue>;

const MEMBERS = ["name", "tasks", "hyperparameters", "allow", "train"];
const ROW_MEMBERS = [
  ...["type", "choices", "minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"],
  ...["default", "regularizer", "label", "unit", "help"],
];
const TYPES = ["number", "integer", "boolean", "choice"] as const;
const BOUNDS = ["minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"] as const;
const TASKS: readonly string[] = ["classification", "regression"] satisfies readonly Task[];
const ALLOWED = ["math"];
const NAME = /^[a-z][\w-]*$/i;
const KEY = /^[a-z][a-z0-9_]*$/;
/** Not to be mistaken for another value in YAML, CSV or on the command line. */
const CHOICE = /^[a-z][\w.+-]*$/i;
const NO_CHOICE = /^(true|false|null)$/i;
const LONGEST = { name: 60, key: 60, choice: 60, label: 80, unit: 30, help: 300 } as const;

/**
 * Checks what a module exports by default.
 *
 * @param exported Undefined if it has no default export.
 * @param source The file that exports it.
 */
export function checkDefinition(
  exported: SeenValue | undefined,
  source: SourceFile,
): { definition?: CheckedDefinition; problems: readonly Problem[] } {
  const check = new Check(source);
  const definition = check.definition(exported);
  return check.problems.length > 0 ? { problems: check.problems } : { definition, problems: [] };
}

class Check {
  readonly problems: Problem[] = [];
  readonly #places: DefinitionPlaces;
  readonly #label: string;

  constructor(source: SourceFile) {
    this.#places = new DefinitionPlaces(source);
    this.#label = source.label;
  }

  definition(exported: SeenValue | undefined): CheckedDefinition | undefined {
    if (!exported) {
      const message = `Cannot use ${this.#label} as a trainer: it has no default export`;
      this.problems.push({ message, place: { file: this.#label } });
      return undefined;
    }
    const members = this.#object(exported, [], "the default export", MEMBERS);
    if (!members) return undefined;
    const train = members.get("train");
    if (!train) this.#missing([], "the default export needs train(), a generator");
    else if (train.kind !== "other" || train.what !== "a function") {
      this.#refuse(["train"], train, "train must be a generator function, *train(run) { … }");
    }
    return {
      name: this.#name(members),
      tasks: this.#words(members, "tasks", TASKS) as readonly Task[],
      hyperparameters: this.#rows(members.get("hyperparameters")),
      allow: this.#words(members, "allow", ALLOWED) as readonly "math"[],
    };
  }

  #name(members: Members): string {
    const value = members.get("name");
    const rule = "name must be letters, digits, _ and -, beginning with a letter";
    if (!value) this.#missing([], "the default export needs a name");
    else if (!isText(value) || !NAME.test(value.value)) this.#refuse(["name"], value, rule);
    else if (value.value.length > LONGEST.name) {
      this.#refuse(["name"], value, `name must not be longer than ${LONGEST.name} characters`);
    } else return value.value;
    return "";
  }

  /** A list of some words, each once; empty if it is absent. */
  #words(members: Members, key: string, words: readonly string[]): readonly string[] {
    const value = members.get(key);
    if (!value || isUndefined(value)) return [];
    const list = words.length === 1 ? `the list ["${words[0]}"]` : `a list of ${listWords(words)}`;
    if (value.kind !== "list" || value.items.length === 0) {
      this.#refuse([key], value, `${key} must be ${list}, or absent`);
      return [];
    }
    return value.items.map((item, index) => {
      const path = [key, index];
      const text = isText(item) ? item.value : "";
      if (!words.includes(text)) {
        this.#refuse(path, item, `${key} must be ${list}`, hintFor(text, words));
      } else if (value.items.findIndex((other) => isText(other) && other.value === text) < index) {
        this.#refuse(path, item, "it is there already");
      }
      return text;
    });
  }

  #rows(value: SeenValue | undefined): readonly Hyperparameter[] {
    if (!value || isUndefined(value)) return [];
    const rows = this.#object(value, ["hyperparameters"], "hyperparameters");
    return [...rows ?? []].map(([key, value], index) => this.#row(key, value, index + 1));
  }

  #row(key: string, value: SeenValue, sobolDimension: number): Hyperparameter {
    const path = ["hyperparameters", key];
    const reason = KEY.test(key)
      ? key.length > LONGEST.key
        ? `a key must not be longer than ${LONGEST.key} characters`
        : reservedReason(key)
      : "a key must be in snake_case: a-z, digits and _, beginning with a letter";
    if (reason !== undefined) {
      const message = `Cannot use hyperparameter ${JSON.stringify(key)}: ${reason}`;
      const snake = key.replaceAll(/(?<=[a-z0-9])[A-Z]/g, "_$&").toLowerCase();
      const hint = !KEY.test(key) && KEY.test(snake) ? `did you mean ${snake}?` : undefined;
      this.problems.push({ message, place: this.#places.placeOfKey(path), hint });
    }
    const members: Members = this.#object(value, path, `hyperparameter ${key}`, ROW_MEMBERS) ??
      new Map();
    const type = value.kind === "object" ? this.#type(members, path) : undefined;
    const words = this.#choices(members, path, type);
    const bounds = this.#bounds(members, path, type);
    const row = { key, type: type === "choice" ? "word" : type, words, ...bounds };
    return {
      ...row,
      ...this.#default(members, path, { type, words, ...bounds }),
      shape: "scalar",
      sobolDimension,
      ...this.#regularizer(members, path, type),
      label: this.#line(members, path, "label") ?? key,
      unit: this.#line(members, path, "unit"),
      help: this.#line(members, path, "help") ?? "",
    } as Hyperparameter;
  }

  #type(members: Members, path: MemberPath): typeof TYPES[number] | undefined {
    const value = members.get("type");
    if (!value) {
      this.#missing(path, `${path[1]} needs a type: ${listWords(TYPES)}`);
      return undefined;
    }
    const type = TYPES.find((type) => isText(value) && value.value === type);
    if (!type) {
      const hint = isText(value) ? hintFor(value.value, TYPES) : undefined;
      this.#refuse([...path, "type"], value, `type must be ${listWords(TYPES)}`, hint);
    }
    return type;
  }

  #choices(members: Members, path: MemberPath, type: string | undefined): string[] | undefined {
    const value = members.get("choices");
    const own = [...path, "choices"];
    if (!value || isUndefined(value)) {
      if (type === "choice") this.#missing(path, `${path[1]} needs choices, a list of words`);
      return undefined;
    }
    if (type !== "choice") {
      if (type) this.#refuse(own, value, `only a choice has choices, and ${path[1]} is ${a(type)}`);
      return undefined;
    }
    if (value.kind !== "list" || value.items.length === 0) {
      this.#refuse(own, value, "choices must be a list of words");
      return undefined;
    }
    const words: string[] = [];
    for (const [index, item] of value.items.entries()) {
      if (!isText(item) || !CHOICE.test(item.value) || NO_CHOICE.test(item.value)) {
        const rule =
          "a choice must be a word: letters, digits and _ . + -, beginning with a letter";
        const isConstant = isText(item) && NO_CHOICE.test(item.value);
        this.#refuse([...own, index], item, isConstant ? "it would not be read as a word" : rule);
      } else if (item.value.length > LONGEST.choice) {
        const rule = `a choice must not be longer than ${LONGEST.choice} characters`;
        this.#refuse([...own, index], item, rule);
      } else if (words.includes(item.value)) {
        this.#refuse([...own, index], item, "it is there already");
      } else words.push(item.value);
    }
    return words;
  }

  #bounds(
    members: Members,
    path: MemberPath,
    type: string | undefined,
  ): Partial<Record<typeof BOUNDS[number], number>> {
    const bounds: Partial<Record<typeof BOUNDS[number], number>> = {};
    for (const key of BOUNDS) {
      const value = members.get(key);
      const own = [...path, key];
      if (!value || isUndefined(value)) continue;
      const number = value.kind === "plain" ? value.value : undefined;
      if (type === "boolean" || type === "choice") {
        this.#refuse(own, value, `only a number has bounds, and ${path[1]} is ${a(type)}`);
      } else if (typeof number !== "number" || !Number.isFinite(number)) {
        this.#refuse(own, value, `${key} must be a number`);
      } else if (type === "integer" && !Number.isSafeInteger(number)) {
        this.#refuse(own, value, `${key} of an integer must be an integer`);
      } else bounds[key] = number + 0;
    }
    for (const [inclusive, exclusive] of [BOUNDS.slice(0, 2), BOUNDS.slice(2)]) {
      if (bounds[inclusive] === undefined || bounds[exclusive] === undefined) continue;
      const reason = `${path[1]} has ${inclusive}, too: one of the two is enough`;
      this.#refuse([...path, exclusive], members.get(exclusive), reason);
    }
    this.#checkRange(members, path, type, bounds);
    return bounds;
  }

  #checkRange(
    members: Members,
    path: MemberPath,
    type: string | undefined,
    bounds: Partial<Record<typeof BOUNDS[number], number>>,
  ): void {
    const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = bounds;
    const low = minimum ?? exclusiveMinimum;
    const high = maximum ?? exclusiveMaximum;
    if (low === undefined || high === undefined) return;
    const isClosed = minimum !== undefined && maximum !== undefined;
    const lowest = minimum ?? (type === "integer" ? low + 1 : low);
    const highest = maximum ?? (type === "integer" ? high - 1 : high);
    if (isClosed || type === "integer" ? lowest <= highest : low < high) return;
    const key = maximum === undefined ? "exclusiveMaximum" : "maximum";
    const other = minimum === undefined ? "exclusiveMinimum" : "minimum";
    const reason = `no value is between it and ${other} ${low}`;
    this.#refuse([...path, key], members.get(key), reason);
  }

  #default(
    members: Members,
    path: MemberPath,
    { type, words, minimum, exclusiveMinimum, maximum, exclusiveMaximum }: {
      readonly type: string | undefined;
      readonly words: readonly string[] | undefined;
    } & Partial<Record<typeof BOUNDS[number], number>>,
  ): { default?: number | boolean | string } {
    const seen = members.get("default");
    if (!seen || isUndefined(seen)) return {};
    const value = seen.kind === "plain" ? seen.value : undefined;
    const refuse = (rule: string, hint?: string) => {
      this.#refuse([...path, "default"], seen, rule, hint);
      return {};
    };
    if (type === "boolean") {
      return typeof value === "boolean"
        ? { default: value }
        : refuse("default must be true or false");
    }
    if (type === "choice") {
      if (!words) return {};
      if (typeof value === "string" && words.includes(value)) return { default: value };
      const hint = typeof value === "string" ? hintFor(value, words) : undefined;
      return refuse(`default must be ${listWords(words)}`, hint);
    }
    if (type === undefined) return {};
    if (typeof value !== "number" || !Number.isFinite(value)) {
      return refuse(`default must be ${a(type)}`);
    }
    if (type === "integer" && !Number.isSafeInteger(value)) {
      return refuse("default must be an integer");
    }
    const isInside = (minimum === undefined || value >= minimum) &&
      (exclusiveMinimum === undefined || value > exclusiveMinimum) &&
      (maximum === undefined || value <= maximum) &&
      (exclusiveMaximum === undefined || value < exclusiveMaximum);
    return isInside ? { default: value + 0 } : refuse("default must be within its own bounds");
  }

  #regularizer(
    members: Members,
    path: MemberPath,
    type: string | undefined,
  ): { regularizer?: true } {
    const value = members.get("regularizer");
    if (!value || isUndefined(value)) return {};
    const own = [...path, "regularizer"];
    if (value.kind !== "plain" || typeof value.value !== "boolean") {
      this.#refuse(own, value, "regularizer must be true or false");
    } else if (value.value && (type === "boolean" || type === "choice")) {
      this.#refuse(own, value, `a regularizer has a strength, and ${path[1]} is ${a(type)}`);
    } else if (value.value) return { regularizer: true };
    return {};
  }

  /** A text of one line. */
  #line(members: Members, path: MemberPath, key: "label" | "unit" | "help"): string | undefined {
    const value = members.get(key);
    if (!value || isUndefined(value)) return undefined;
    const own = [...path, key];
    if (!isText(value) || value.value.trim() === "") {
      this.#refuse(own, value, `${key} must be text`);
    } else if (/[\p{Cc}\u2028\u2029]/u.test(value.value)) {
      this.#refuse(own, value, `${key} must be one line of text`);
    } else if (value.value.length > LONGEST[key]) {
      this.#refuse(own, value, `${key} must not be longer than ${LONGEST[key]} characters`);
    } else return value.value.trim();
    return undefined;
  }

  /** The members of a plain object. */
  #object(
    value: SeenValue,
    path: MemberPath,
    what: string,
    allowed?: readonly string[],
  ): Members | undefined {
    if (value.kind !== "object") {
      const message = `Cannot use ${
        this.#shown(path, value)
      } as ${what}: it must be a plain object`;
      this.problems.push({ message, place: this.#places.place(path) });
      return undefined;
    }
    for (const { key, place } of this.#places.repeated(path)) {
      const message = `Cannot use ${key} of ${what} twice`;
      this.problems.push({ message, place });
    }
    for (const [key] of allowed ? value.members : []) {
      if (allowed?.includes(key)) continue;
      const message = `Unknown member ${JSON.stringify(key)}: ${what} can have ${
        allowed?.join(", ")
      }`;
      const place = this.#places.placeOfKey([...path, key]);
      this.problems.push({ message, place, hint: hintFor(key, allowed ?? []) });
    }
    return new Map(value.members);
  }

  #missing(path: MemberPath, message: string): void {
    const [first] = message;
    const place = this.#places.placeOfKey(path);
    this.problems.push({ message: first.toUpperCase() + message.slice(1), place });
  }

  #refuse(path: MemberPath, value: SeenValue | undefined, reason: string, hint?: string): void {
    const name = path.findLast((step) => typeof step === "string");
    const message = `Cannot use ${name} ${this.#shown(path, value)}: ${reason}`;
    this.problems.push({ message, place: this.#places.place(path), hint });
  }

  /** A value as it is written, or what it is. */
  #shown(path: MemberPath, value: SeenValue | undefined): string {
    return this.#places.written(path) ?? inWords(value);
  }
}

function isText(value: SeenValue): value is { kind: "plain"; value: string } {
  return value.kind === "plain" && typeof value.value === "string";
}

function isUndefined(value: SeenValue): boolean {
  return value.kind === "plain" && value.value === undefined;
}

function inWords(value: SeenValue | undefined): string {
  if (value?.kind === "plain") {
    const { value: plain } = value;
    return (typeof plain === "string" ? JSON.stringify(plain) : `${plain}`).slice(0, 60);
  }
  if (value?.kind === "other") return value.what;
  return value?.kind === "list" ? "a list" : "an object";
}

function hintFor(word: string, words: readonly string[]): string | undefined {
  const suggestion = nearest(word, words);
  return suggestion === undefined ? undefined : `did you mean "${suggestion}"?`;
}

function a(type: string): string {
  return type === "integer" ? "an integer" : `a ${type}`;
}
