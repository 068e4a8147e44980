import { shellWords } from "./command_text.ts";

const FOR_PROGRAMS = "-program";

/** What a user types before a command. */
export interface Caller {
  readonly name: string;
  /** The same for commands that may start any program, if it is another. */
  readonly forPrograms?: string;
}

let caller: Caller | undefined;

/** Makes messages name commands as the user calls them: by `deno task` unless this is called. */
export function callCommandsAs(how: Caller | undefined): void {
  caller = how;
}

/**
 * A command line as the user would type it, from its words: `deno task plan 'my table.yaml'`,
 * `regsweep plan 'my table.yaml'`.
 *
 * @param words They begin with a command or, to start programs, with its task (`sweep-program`).
 */
export function callText(words: readonly string[]): string {
  const [command, ...rest] = words;
  if (!caller) return `deno task ${typedWords(words)}`;
  const startsPrograms = command.endsWith(FOR_PROGRAMS);
  const name = startsPrograms ? caller.forPrograms ?? caller.name : caller.name;
  const typed = startsPrograms ? command.slice(0, -FOR_PROGRAMS.length) : command;
  return `${name} ${typedWords([typed, ...rest])}`;
}

/** Words as the shells of a system read them: those of Windows have double quotes in common. */
export function typedWords(words: readonly string[], os: string = Deno.build.os): string {
  if (os !== "windows") return shellWords(words);
  return words.map((word) => /^[\w.\\/:=+@-]+$/.test(word) ? word : `"${word}"`).join(" ");
}
