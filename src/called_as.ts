import { commandText, shellWords } from "./command_text.ts";

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
  if (!caller) return commandText(words);
  const [command, ...rest] = words;
  const startsPrograms = command.endsWith(FOR_PROGRAMS);
  const name = startsPrograms ? caller.forPrograms ?? caller.name : caller.name;
  const typed = startsPrograms ? command.slice(0, -FOR_PROGRAMS.length) : command;
  return `${name} ${shellWords([typed, ...rest])}`;
}
