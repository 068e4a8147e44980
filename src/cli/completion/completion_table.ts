import { exampleNames } from "../../experiment/examples.ts";
import { BUILT_IN } from "../../trainers/trainers.ts";
import type { OptionRow } from "../option_row.ts";
import { COMMON_OPTIONS, type OptionKey, OPTIONS } from "../options.ts";
import { INSTALLED_NAMES } from "../../command_text.ts";

/** What a row of the table of commands says to complete it. */
export interface CommandToComplete {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionKey[];
  readonly operands: readonly string[];
}

/** What the words of an argument can be: some words, files of a kind, or anything. */
export interface Completed {
  /** How help calls it. */
  readonly label: string;
  readonly words: readonly string[];
  /** True if a word is only the beginning of a value, as in `dropout=`. */
  readonly goesOn: boolean;
  /** Which files may stand there: experiments, any, folders, or folders that sweeps wrote. */
  readonly files?: "experiment" | "any" | "folder" | "results";
}

export interface CompletedOption {
  /** As typed, with `--`. */
  readonly name: string;
  readonly help: string;
  readonly isRepeated: boolean;
  /** Absent for a flag. */
  readonly value?: Completed;
}

export interface CompletedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly CompletedOption[];
  readonly operands: readonly Completed[];
}

/** All that a shell needs to know to complete command lines. */
export interface CompletionTable {
  readonly programs: readonly string[];
  readonly commands: readonly CompletedCommand[];
}

/** The table of commands as shells complete it. */
export function completionTable(rows: readonly CommandToComplete[]): CompletionTable {
  const names = rows.map(({ name }) => name);
  const help: CompletedCommand = {
    name: "help",
    summary: "show the options of a command",
    options: [],
    operands: [words("COMMAND", names)],
  };
  return {
    programs: Object.values(INSTALLED_NAMES),
    commands: [...rows.map(completed), help],
  };
}

function completed({ name, summary, options, operands }: CommandToComplete): CompletedCommand {
  const keys = [...options, ...COMMON_OPTIONS];
  return {
    ...{ name, summary },
    options: keys.map((key) => completedOption(OPTIONS[key])),
    operands: operands.map(completedOperand),
  };
}

function completedOption(row: OptionRow): CompletedOption {
  const { name, help, kind } = row;
  const option = { name: `--${name}`, help, isRepeated: kind === "texts" };
  return kind === "flag" ? option : { ...option, value: completedValue(row) };
}

function completedValue({ name, value = "VALUE", words: choices = [] }: OptionRow): Completed {
  if (name === OPTIONS.set.name) {
    const keys = new Set(["trainer", ...BUILT_IN.rows.map(({ key }) => key)]);
    return { ...words(value, [...keys].map((key) => `${key}=`)), goesOn: true };
  }
  const files = value === "DIR" ? "folder" : value === "FILE" ? "any" : undefined;
  return { ...words(value, choices), files };
}

function completedOperand(operand: string): Completed {
  if (operand === "SHELL") return words(operand, ["bash", "zsh", "fish"]);
  if (operand === "[EXAMPLE]") return words("EXAMPLE", exampleNames());
  const files = operand === "FILE"
    ? "experiment"
    : operand === "DIR"
    ? "results"
    : operand === "FROM..."
    ? "folder"
    : "any";
  return { ...words(operand, []), files };
}

function words(label: string, all: readonly string[]): Completed {
  return { label, words: all, goesOn: false };
}
