import { formatValue } from "../trainers/format_value.ts";
import { BUILT_IN } from "../trainers/trainers.ts";
import { type Command, COMMANDS, OPERANDS } from "./commands.ts";
import { COMMON_OPTIONS, type OptionRow, OPTIONS } from "./options.ts";
import { wrap } from "./wrap.ts";

const WIDTH = 80;

/** Help on all commands. */
export function usage(): string {
  return [
    "Which regularization setting gives the best validation accuracy, by how much,",
    "and how sure can we be?",
    "",
    "Usage: deno task COMMAND [options]",
    "",
    ...columns(COMMANDS.map((row) => [[row.name, ...row.operands].join(" "), row.summary])),
    "",
    "deno task COMMAND --help shows the options of a command.",
    "",
  ].join("\n");
}

/** Help on one command. */
export function commandUsage(command: Command): string {
  const options = [...command.options, ...COMMON_OPTIONS].map((key): OptionRow => OPTIONS[key]);
  const lines = [
    `Usage: deno task ${command.name} ${command.operands.join(" ")} [options]`,
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
  if (command.options.includes("set")) {
    lines.push("", "Hyperparameters, in an experiment file or as --set KEY=VALUE");
    for (const { name, hyperparameters } of BUILT_IN.all) {
      lines.push(
        "",
        `Of trainer ${name}:`,
        "",
        ...columns(
          hyperparameters.map(({ key, help, default: value }) => [
            key,
            `${help} (default: ${value === undefined ? "none" : formatValue(value)})`,
          ]),
        ),
      );
    }
  }
  return lines.join("\n") + "\n";
}

/** What an option does, with its default. */
export function helpOf({ help, default: value, defaultText }: OptionRow): string {
  const shown = defaultText ?? (Array.isArray(value) ? undefined : value);
  return shown === undefined ? help : `${help} (default: ${shown})`;
}

/** Two columns, the second wrapped. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const margin = 2 + Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.flatMap(([left, right]) =>
    wrap(right, WIDTH - margin).map((line, index) =>
      (index === 0 ? `  ${left}` : "").padEnd(margin) + line
    )
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
