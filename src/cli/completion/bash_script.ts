import { shellWords } from "../../command_text.ts";
import type { Completed, CompletedCommand, CompletionTable } from "./completion_table.ts";

/** The script by which bash completes command lines; bash 3.2, which macOS has, can run it. */
export function bashScript({ programs, commands }: CompletionTable): string {
  const names = commands.map(({ name }) => name);
  return `# Completes the command lines of ${programs.join(" and ")} in bash:
#   source <(${programs[0]} completion bash)
_regsweep_words() {
  local IFS=$'\\n'
  COMPREPLY=($(compgen -W "\${1// /$IFS}" -- "$current"))
}

_regsweep_goes_on() {
  _regsweep_words "$1"
  compopt -o nospace 2>/dev/null
}

_regsweep_files() {
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  case $1 in
    any) COMPREPLY=($(compgen -f -- "$current")) ;;
    folder) COMPREPLY=($(compgen -d -- "$current")) ;;
    results)
      COMPREPLY=($(compgen -d -- "$current"))
      [[ $current == */* ]] || COMPREPLY+=($(compgen -d -- "reports/$current" | grep -v /store$))
      ;;
    experiment)
      COMPREPLY=($(compgen -d -- "$current"; compgen -f -- "$current" | grep -E '\\.ya?ml$'))
      ;;
  esac
}

_regsweep() {
  local current=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD-1]}
  # Bash breaks words at "=".
  if [[ $current == = ]]; then
    current=
  elif [[ $option == = ]]; then
    option=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _regsweep_words ${shellWords([["--help", "--version", ...names].join(" ")])}
    return
  fi
  case "\${COMP_WORDS[1]} $option" in
${commands.flatMap(optionCases).join("\n")}
  esac
  if [[ $current == -* ]]; then
    case \${COMP_WORDS[1]} in
${commands.map(optionNames).join("\n")}
    esac
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.flatMap(operandCases).join("\n")}
  esac
}

complete -F _regsweep ${programs.join(" ")}
`;
}

/** What completes the value of each option that has one. */
function optionCases({ name, options }: CompletedCommand): string[] {
  return options.flatMap((option) =>
    option.value === undefined
      ? []
      : [`    ${shellWords([`${name} ${option.name}`])}) ${replyOf(option.value)}; return ;;`]
  );
}

function optionNames({ name, options }: CompletedCommand): string {
  return `      ${name}) _regsweep_words ${
    shellWords([options.map((option) => option.name).join(" ")])
  } ;;`;
}

/** What completes the operands: those of a command are all of the same kind. */
function operandCases({ name, operands: [operand] }: CompletedCommand): string[] {
  return operand === undefined ? [] : [`    ${name}) ${replyOf(operand)} ;;`];
}

function replyOf({ words, goesOn, files }: Completed): string {
  if (files !== undefined) return `_regsweep_files ${files}`;
  // Nothing is known of the value.
  if (words.length === 0) return ":";
  return `_regsweep_${goesOn ? "goes_on" : "words"} ${shellWords([words.join(" ")])}`;
}
