import type { Completed, CompletedCommand, CompletionTable } from "./completion_table.ts";

/** The script by which fish completes command lines, with what each option does. */
export function fishScript({ programs, commands }: CompletionTable): string {
  const [program, ...others] = programs;
  return `# Completes the command lines of ${programs.join(" and ")} in fish:
#   ${program} completion fish | source
function __regsweep_files
  complete -C"'' "(commandline -ct)
end

function __regsweep_experiments
  __regsweep_files | string match -r '.*(?:\\.ya?ml|/)(?:\\t.*)?$'
end

function __regsweep_folders
  __regsweep_files | string match -r '.*/(?:\\t.*)?$'
end

function __regsweep_results
  for folder in reports/*/
    string match -q reports/store/ $folder; or echo $folder
  end
  __regsweep_folders
end

complete -c ${program} -e
complete -c ${program} -f
${START_OPTIONS.map((line) => `complete -c ${program} -n __fish_use_subcommand ${line}`).join("\n")}
${commands.flatMap((command) => commandLines(command, program)).join("\n")}
${others.map((other) => `complete -c ${other} -w ${program}`).join("\n")}
`;
}

const START_OPTIONS = [
  "-l help -d 'list the commands'",
  "-l version -d 'show which regsweep this is'",
];

function commandLines(
  { name, summary, options, operands: [operand] }: CompletedCommand,
  program: string,
): string[] {
  const start = `complete -c ${program}`;
  const given = `-n '__fish_seen_subcommand_from ${name}'`;
  return [
    `${start} -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
    ...operand ? [`${start} ${given} -a ${valuesOf(operand)}`] : [],
    ...options.map(({ name, help, value }) => {
      const values = value ? ` -x -a ${valuesOf(value)}` : "";
      return `${start} ${given} -l ${name.slice(2)}${values} -d ${quoted(help)}`;
    }),
  ];
}

function valuesOf({ words, files }: Completed): string {
  const lists = {
    experiment: "'(__regsweep_experiments)'",
    any: "'(__regsweep_files)'",
    folder: "'(__regsweep_folders)'",
    results: "'(__regsweep_results)'",
  };
  return files === undefined ? quoted(words.join(" ")) : lists[files];
}

/** A word of fish, whose single quotes know two escapes. */
function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, "\\$&")}'`;
}
