import { callText } from "../called_as.ts";
import { formatValue } from "../trainers/format_value.ts";
import type { Hyperparameter } from "../trainers/hyperparameter.ts";
import type { Trainer } from "../trainers/trainer.ts";
import { BUILT_IN } from "../trainers/trainers.ts";
import { columns, WIDTH } from "./columns.ts";
import { type Command, COMMANDS, OPERANDS } from "./commands.ts";
import type { OptionRow } from "./option_row.ts";
import { COMMON_OPTIONS, OPTIONS } from "./options.ts";
import { wrap } from "./wrap.ts";

/** What values are, where nothing else is said of a hyperparameter. */
const TYPES: Readonly<Record<Hyperparameter["type"], string>> = {
  number: "a number",
  integer: "an integer",
  word: "a word",
  boolean: "true or false",
};

/** Help on all commands. */
export function usage(): string {
  return [
    "Which regularization setting gives the best validation accuracy, by how much,",
    "and how sure can we be?",
    "",
    `Usage: ${callText(["COMMAND"])} [options]`,
    "",
    ...columns(COMMANDS.map((row) => [[row.name, ...row.operands].join(" "), row.summary])),
    "",
    `${callText(["COMMAND", "--help"])} shows the options of a command.`,
    "",
  ].join("\n");
}

/**
 * Help on one command.
 *
 * @param trainers Those whose hyperparameters it lists: the built-in ones if not given.
 * @param note A sentence that follows the options.
 */
export function commandUsage(
  command: Command,
  trainers?: readonly Trainer[],
  note?: string,
): string {
  const options = [...command.options, ...COMMON_OPTIONS].map((key): OptionRow => OPTIONS[key]);
  const lines = [
    `Usage: ${[callText([command.name]), ...command.operands, "[options]"].join(" ")}`,
    "",
    ...wrap(`${capitalized(command.summary)}.`, WIDTH),
    "",
    ...columns([
      ...command.operands.map((operand) => [operand, OPERANDS[operand]] as const),
      ...options.map((row) =>
        [row.value ? `--${row.name} ${row.value}` : `--${row.name}`, helpOf(row)] as const
      ),
    ]),
  ];
  if (note !== undefined) lines.push("", ...wrap(note, WIDTH));
  if (command.options.includes("set")) {
    lines.push("", "Hyperparameters, in an experiment file or as --set KEY=VALUE");
    for (const { name, hyperparameters } of trainers ?? BUILT_IN.all) {
      const rows = hyperparameters.map((row): readonly [string, string] => [row.key, rowText(row)]);
      lines.push("", `Of trainer ${name}:`, "", ...rows.length > 0 ? columns(rows) : ["  none"]);
    }
    if (!trainers) {
      const asked = `${callText([command.name, "--help"])} ${command.operands.join(" ")}`;
      lines.push("", ...wrap(`${asked} lists those of an experiment's own trainers.`, WIDTH));
    }
  }
  return lines.join("\n") + "\n";
}

/** What an option does, with its default. */
export function helpOf({ help, default: value, defaultText }: OptionRow): string {
  const shown = defaultText ?? (Array.isArray(value) ? undefined : value);
  return shown === undefined ? help : `${help} (default: ${shown})`;
}

/** What a hyperparameter does, as far as its trainer says, with its default. */
function rowText({ key, help, label, type, words, default: value }: Hyperparameter): string {
  const name = label === key ? words?.join(" or ") ?? TYPES[type] : label;
  return `${help || name} (default: ${value === undefined ? "none" : formatValue(value)})`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
