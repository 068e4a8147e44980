import { type Caller, commandText, shellWords } from "./command_text.ts";

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
  return commandText(words, caller, typedWords);
}

/** Words as the shells of a system read them: those of Windows have double quotes in common. */
export function typedWords(words: readonly string[], os: string = Deno.build.os): string {
  if (os !== "windows") return shellWords(words);
  return words.map((word) => /^[\w.\\/:=+@-]+$/.test(word) ? word : `"${word}"`).join(" ");
}
