import { shellWords } from "../../command_text.ts";
import type {
  Completed,
  CompletedCommand,
  CompletedOption,
  CompletionTable,
} from "./completion_table.ts";

/** The script by which zsh completes command lines, with what each option does. */
export function zshScript({ programs, commands }: CompletionTable): string {
  return `#compdef ${programs.join(" ")}
# Completes the command lines of ${programs.join(" and ")} in zsh:
#   source <(${programs[0]} completion zsh)
_regsweep_results() {
  _alternative \\
    'reports:report folder:compadd -f -- reports/^store(#qN/)' \\
    'folders:folder:_files -/'
}

_regsweep() {
  local curcontext=$curcontext state line
  local -A opt_args
  _arguments -C '1:command:->command' '*::argument:->argument'
  case $state in
    command)
      local -a commands=(
${commands.map(commandWord).join("\n")}
        '--help:list the commands' '--version:show which regsweep this is'
      )
      _describe command commands
      ;;
    argument)
      case $words[1] in
${commands.map(commandCase).join("\n")}
      esac
      ;;
  esac
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _regsweep "$@"
else
  compdef _regsweep ${programs.join(" ")}
fi
`;
}

function commandWord({ name, summary }: CompletedCommand): string {
  return `        ${quoted(`${name}:${summary.replaceAll(":", "\\:")}`)}`;
}

function commandCase({ name, options, operands }: CompletedCommand): string {
  const specs = [
    ...options.map(optionSpec),
    ...operands.map((operand) => {
      const start = operand.label.endsWith("...") ? "*:" : ":";
      return `${start}${operand.label}:${actionOf(operand)}`;
    }),
  ];
  return `        ${name}) _arguments -s ${specs.map(quoted).join(" ")} ;;`;
}

function optionSpec({ name, help, isRepeated, value }: CompletedOption): string {
  const start = `${isRepeated ? "*" : ""}${name}${value ? "=" : ""}`;
  const about = `[${help.replaceAll(/[[\]\\:]/g, "\\$&")}]`;
  return value ? `${start}${about}:${value.label}:${actionOf(value)}` : `${start}${about}`;
}

function actionOf({ words, goesOn, files }: Completed): string {
  if (files === "experiment") return '_files -g "*.(yaml|yml)(-.)"';
  if (files === "folder") return "_files -/";
  if (files === "results") return "_regsweep_results";
  if (files === "any") return "_files";
  if (goesOn) return `compadd -S "" -- ${words.join(" ")}`;
  // A single space completes nothing.
  return words.length > 0 ? `(${words.join(" ")})` : " ";
}

function quoted(text: string): string {
  const word = shellWords([text]);
  return word.startsWith("'") ? word : `'${word}'`;
}
