import { isAbsolute, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { systemReason } from "../files/system_reason.ts";
import { goToFolder, workingFolder } from "../files/working_folder.ts";
import { UserError } from "../user_error.ts";

const FROM = "--from=";
/** The folder of the clone, where `deno task` starts a command from wherever it is called. */
const PROJECT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[/\\]$/, "");
const REPORTS = "reports";

/** A command line, and the reports folder that it means if it names none. */
export interface StartedCommand {
  readonly argv: readonly string[];
  readonly reports: string;
}

/**
 * Goes to the folder that a task was called from, which the tasks of deno.json pass on before the
 * command. Other ways to start a command stay where they are.
 *
 * In a folder of the clone, results go to the clone's reports folder all the same: there is one
 * store, so nothing is trained twice.
 *
 * @throws {UserError} If there is no such folder.
 */
export function goToStart([first, ...rest]: readonly string[]): StartedCommand {
  if (!first?.startsWith(FROM)) {
    return { argv: first === undefined ? [] : [first, ...rest], reports: REPORTS };
  }
  const folder = first.slice(FROM.length);
  // Empty where INIT_CWD is.
  if (folder === "") return { argv: rest, reports: REPORTS };
  try {
    goToFolder(folder);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UserError(`Cannot work in ${folder}, which INIT_CWD names: ${reason}`);
  }
  const here = relative(PROJECT, workingFolder());
  const isWithin = here !== "" && !isAbsolute(here) && here.split(sep)[0] !== "..";
  const up = here.split(sep).map(() => "..");
  return { argv: rest, reports: isWithin ? [...up, REPORTS].join(sep) : REPORTS };
}
