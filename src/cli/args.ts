import { callText } from "../called_as.ts";
import { parseArgs } from "@std/cli/parse-args";
import { readByteCount } from "../byte_count.ts";
import {
  AGE_WORDS,
  ageSeconds,
  DURATION_WORDS,
  durationHint,
  durationSeconds,
} from "../duration.ts";
import { integerHint } from "../integer_hint.ts";
import { listWords } from "../list_words.ts";
import { nearest } from "../nearest.ts";
import { type Problem, UserError } from "../user_error.ts";
import { type Command, COMMANDS, EXAMPLES, INTERNAL_COMMANDS } from "./commands.ts";
import type { Invocation } from "./invocation.ts";
import type { OptionRow } from "./option_row.ts";
import { COMMON_OPTIONS, type OptionKey, OPTIONS, type Options } from "./options.ts";

const HELP = ["--help", "-h", "help"];
const VERSION = ["--version", "-V"];

/** What a command line asks for: to run a command, or help on it or on all commands. */
export type CommandLine =
  | { readonly kind: "run"; readonly command: Command; readonly invocation: Invocation }
  | { readonly kind: "help"; readonly command?: Command; readonly operands?: readonly string[] };

/** Values that options have where the command line does not give them, unlike their rows' values. */
export interface DefaultOptions {
  readonly reports?: string;
}

/**
 * Reads what follows the program's name.
 *
 * @throws {UserError} If the command is unknown, or an option or an operand is unknown, missing or
 * wrong; every problem at once.
 */
export function readCommandLine(
  argv: readonly string[],
  defaults: DefaultOptions = {},
): CommandLine {
  const [typed, ...rest] = argv;
  if (HELP.includes(typed)) {
    const [asked, ...operands] = rest;
    if (asked === undefined || asked.startsWith("-")) return { kind: "help" };
    return readCommandLine([asked, "--help", ...operands], defaults);
  }
  const name = VERSION.includes(typed) ? "version" : typed;
  const command = [...COMMANDS, ...INTERNAL_COMMANDS].find((row) => row.name === name);
  if (!command) {
    const names = COMMANDS.map((row) => row.name);
    const fallback = `there are ${names.join(", ")}`;
    throw new UserError(
      name === undefined
        ? { message: "Missing command", hint: fallback }
        : unknown("command", name, names, fallback),
    );
  }
  const invocation = readInvocation(command, rest, defaults);
  const { options, operands } = invocation;
  return options.help ? { kind: "help", command, operands } : { kind: "run", command, invocation };
}

function readInvocation(
  command: Command,
  argv: readonly string[],
  defaults: DefaultOptions,
): Invocation {
  const rows = [...command.options, ...COMMON_OPTIONS].map((key) =>
    [key, OPTIONS[key]] as readonly [OptionKey, OptionRow]
  );
  const withValue = rows.filter(([, row]) => row.kind !== "flag").map(([, row]) => row.name);
  const problems: Problem[] = [];
  const operands: string[] = [];
  const parsed = parseArgs(withNegativeValues(argv, withValue), {
    boolean: rows.filter(([, row]) => row.kind === "flag").map(([, row]) => row.name),
    string: withValue,
    collect: withValue,
    alias: { help: "h" },
    unknown: (argument, key) => {
      if (key === undefined) {
        operands.push(argument);
        return false;
      }
      const typed = argument.split("=", 1)[0];
      const names = rows.map(([, row]) => `--${row.name}`);
      problems.push(unknown("option", typed, names, `see ${callText([command.name, "--help"])}`));
      return false;
    },
  });
  const options: Record<string, unknown> = { ...defaultsOfRows(), ...defaults };
  for (const [key, row] of rows) {
    const given = parsed[row.name];
    if (row.kind === "flag") options[key] = given === true;
    else if (Array.isArray(given) && given.length > 0) {
      options[key] = readValue(row, given as string[], problems);
    }
  }
  // What follows `--`.
  operands.push(...parsed._.map(String));
  // An unknown option may have swallowed the operand, so it is reported alone.
  if (problems.length === 0 && !options.help) problems.push(...wrongOperands(command, operands));
  if (problems.length > 0) throw new UserError(problems);
  const words = [command.name, ...argv];
  return { words, operands, options: options as unknown as Options };
}

/** Joins options and negative numbers behind them, which would be taken for options. */
function withNegativeValues(argv: readonly string[], withValue: readonly string[]): string[] {
  const joined: string[] = [];
  for (const argument of argv) {
    const last = joined.at(-1) ?? "";
    const isValue = /^-\.?\d/.test(argument) && withValue.some((name) => last === `--${name}`);
    if (isValue && !joined.includes("--")) joined[joined.length - 1] = `${last}=${argument}`;
    else joined.push(argument);
  }
  return joined;
}

/** The value of every option that has one where the command line does not give it. */
function defaultsOfRows(): Record<string, unknown> {
  const rows = Object.entries<OptionRow>(OPTIONS);
  return Object.fromEntries(rows.flatMap(([key, row]) => {
    const value = row.kind === "flag" ? false : row.default;
    return value === undefined ? [] : [[key, value]];
  }));
}

function readValue(row: OptionRow, given: readonly string[], problems: Problem[]): unknown {
  const name = `--${row.name}`;
  if (given.includes("")) {
    problems.push({ message: `Missing value of ${name}: ${name} ${row.value}` });
    return undefined;
  }
  for (const text of given) {
    const problem = row.problem?.(text);
    if (problem) problems.push({ message: `Cannot use ${name} ${text}: ${problem}` });
    if (row.kind === "texts" && row.words && !row.words.includes(text)) {
      problems.push(noWord(name, text, row.words));
    }
  }
  if (row.kind === "texts") return given;
  const [text] = given;
  if (given.length > 1) {
    problems.push({ message: `Cannot use both ${name} ${given.join(` and ${name} `)}` });
  }
  if (row.kind === "text" || row.words?.includes(text)) return text;
  if (row.kind === "word") {
    problems.push(noWord(name, text, row.words ?? []));
    return undefined;
  }
  if (row.kind === "bytes") {
    const bytes = readByteCount(text);
    if (typeof bytes === "number") return bytes;
    problems.push({ message: `Cannot use ${name} ${text}: ${bytes}` });
    return undefined;
  }
  if (row.kind === "duration") {
    const seconds = durationSeconds(text);
    if (seconds === undefined) {
      const message = `Cannot use ${name} ${text}: it must be ${DURATION_WORDS}`;
      problems.push({ message, hint: durationHint(text) });
    }
    return seconds;
  }
  if (row.kind === "age") {
    const seconds = ageSeconds(text);
    if (seconds === undefined) {
      const hint = /^[1-9]\d{0,4}$/.test(text) ? `did you mean ${text}d?` : undefined;
      problems.push({ message: `Cannot use ${name} ${text}: it must be ${AGE_WORDS}`, hint });
    }
    return seconds;
  }
  const { minimum = 0, maximum = Number.MAX_SAFE_INTEGER } = row;
  const number = /^(0|[1-9]\d*)$/.test(text) ? Number(text) : NaN;
  if (!(minimum <= number && number <= maximum)) {
    const range = row.maximum === undefined ? `from ${minimum}` : `from ${minimum} to ${maximum}`;
    const words = row.words?.join(" or ");
    const what = [...words ? [words] : [], `an integer ${range}`].join(" or ");
    const message = `Cannot use ${name} ${text}: it must be ${what}`;
    problems.push({ message, hint: integerHint(text) });
  }
  return number;
}

function noWord(name: string, text: string, words: readonly string[]): Problem {
  const near = nearest(text, words);
  const message = `Cannot use ${name} ${text}: it must be ${listWords(words)}`;
  return { message, hint: near && `did you mean "${near}"?` };
}

function wrongOperands(command: Command, operands: readonly string[]): Problem[] {
  const missing = command.operands.slice(operands.length).filter((name) => !name.startsWith("["));
  const takesMore = command.operands.at(-1)?.endsWith("...");
  const extra = takesMore ? [] : operands.slice(command.operands.length);
  const usage = (words: readonly string[]) => [callText([command.name]), ...words].join(" ");
  const example = usage(command.operands.map((operand) => EXAMPLES[operand]));
  return [
    ...missing.length > 0
      ? [{ message: `Missing ${listWords(missing, "and")}`, hint: `for example, ${example}` }]
      : [],
    ...extra.map((operand) => ({
      message: `Unexpected argument "${operand}"`,
      hint: usage(command.operands),
    })),
  ];
}

function unknown(
  kind: string,
  typed: string,
  candidates: readonly string[],
  fallback: string,
): Problem {
  const near = nearest(typed, candidates);
  return {
    message: `Unknown ${kind} "${typed}"`,
    hint: near ? `did you mean "${near}"?` : fallback,
  };
}
