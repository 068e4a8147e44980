/** What a user types before a command. */
export interface Caller {
  readonly name: string;
  /** The same for commands that may start any program, if it is another. */
  readonly forPrograms?: string;
}

/** The commands that `deno task install` makes. */
export const INSTALLED_NAMES = { name: "regsweep", forPrograms: "regsweep-program" } as const;

const FOR_PROGRAMS = "-program";

/**
 * A command line as a shell reads it, from its words: `deno task plan 'my table.yaml'`, or
 * `regsweep plan 'my table.yaml'` for a caller.
 *
 * @param words They begin with a command or, to start programs, with its task (`sweep-program`).
 * @param quoted Writes words as the reader's shell reads them.
 */
export function commandText(
  words: readonly string[],
  caller?: Caller,
  quoted: (words: readonly string[]) => string = shellWords,
): string {
  if (!caller) return `deno task ${quoted(words)}`;
  const [command, ...rest] = words;
  const startsPrograms = command.endsWith(FOR_PROGRAMS);
  const name = startsPrograms ? caller.forPrograms ?? caller.name : caller.name;
  const typed = startsPrograms ? command.slice(0, -FOR_PROGRAMS.length) : command;
  return `${name} ${quoted([typed, ...rest])}`;
}

/** Words as a shell reads them, with quotes where they need some: `python3 'my script.py'`. */
export function shellWords(words: readonly string[]): string {
  return words.map((word) => {
    return /^[\w./:=,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  }).join(" ");
}
