import type { OwnProgram } from "../api/programs.ts";
import { callText } from "../called_as.ts";
import { shellWords } from "../command_text.ts";
import { listWords } from "../list_words.ts";
import { joinLines } from "../one_line.ts";
import { UserError } from "../user_error.ts";
import { Approvals } from "./approvals.ts";
import { ask, printAside } from "./output.ts";

/** Enough of a checksum to recognize a file by. */
const DIGITS = 12;

export interface AllowOptions {
  /** The command line, which starts with the command that would start the programs. */
  readonly words: readonly string[];
  /** True: what is shown is approved. */
  readonly yes: boolean;
  readonly approvals?: Approvals;
}

/**
 * Makes sure that programs may be started: that Deno allows it, and that the user has seen them, now or
 * before.
 *
 * @throws {UserError} If Deno does not allow it, or the user does not, or cannot be asked.
 */
export async function allowPrograms(
  programs: readonly OwnProgram[],
  { words, yes, approvals = Approvals.ofUser() }: AllowOptions,
): Promise<void> {
  if (programs.length === 0) return;
  // A part of the permission is not enough to end what programs have started.
  const { state } = await Deno.permissions.query({ name: "run" });
  if (state !== "granted") throw new UserError(refusal(programs, taskWords(words, true)));
  for (const program of programs) {
    if (await approvals.has(program)) continue;
    if (!yes && !ask.isPossible()) {
      const message = `Cannot start ${shellWords(program.command)} before it is approved: ` +
        "use a terminal, which asks, or --yes";
      throw new UserError(message);
    }
    printAside(shownProgram(program));
    if (!yes && !ask.yesOrNo("Start it?")) {
      throw new UserError(`Cannot go on without ${program.name}, which was not approved`);
    }
    const problem = await approvals.add(program);
    if (problem !== undefined) printAside(`The approval is not remembered: ${problem}`);
  }
}

/** A command line; that of the task which may start programs, if it has to. */
export function taskWords(
  [command, ...rest]: readonly string[],
  startsPrograms: boolean,
): readonly string[] {
  return [startsPrograms ? `${command}-program` : command, ...rest];
}

function refusal(programs: readonly OwnProgram[], task: readonly string[]): string {
  const names = listWords(programs.map(({ command }) => shellWords(command)), "and");
  return `Cannot start ${names} without permission to run programs, which ` +
    `${callText(task)} has`;
}

/** What an approval covers, for the user to read. */
function shownProgram({ name, command, folder, files, env }: OwnProgram): string {
  const variables = Object.entries(env).map(([name, value]) => shellWords([`${name}=${value}`]));
  const shown = files.map(({ path, checksum }) =>
    `${path} (SHA-256 ${checksum.slice(0, DIGITS)}…)`
  );
  return joinLines([
    `The trainer ${name} is a program, which is started for each run, with your rights:`,
    `  command  ${shellWords(command)}`,
    `  folder   ${folder}`,
    `  files    ${shown.join(", ") || "none"}`,
    ...variables.length > 0 ? [`  env      ${variables.join(" ")}`] : [],
  ]);
}
