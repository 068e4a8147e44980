import { isAbsolute, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { callCommandsAs, typedWords } from "../called_as.ts";
import { INSTALLED_NAMES } from "../command_text.ts";
import { systemReason } from "../files/system_reason.ts";
import { goToFolder, workingFolder } from "../files/working_folder.ts";
import { useNativeFolder } from "../kernels/native_library.ts";
import { UserError } from "../user_error.ts";

const FROM = "--from=";
const INSTALLED = "--installed=";
/** The folder of the clone, where `deno task` starts a command from wherever it is called. */
const PROJECT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[/\\]$/, "");
const MAIN = join(PROJECT, "src", "main.ts");
const REPORTS = "reports";

/** A command line, and the reports folder that it means if it names none. */
export interface StartedCommand {
  readonly argv: readonly string[];
  readonly reports: string;
}

/**
 * Finds out how a command was called, from what stands before it: a task of deno.json passes on the
 * folder that it was called from (`--from=`), and an installed command the user's cache folder
 * (`--installed=`). Nothing stands there if the program is started by its path.
 *
 * A task goes to its folder. In a folder of the clone, its results go to the clone's reports folder
 * all the same: there is one store, so nothing is trained twice. Other commands stay where they are.
 *
 * @throws {UserError} If there is no such folder.
 */
export function goToStart([first, ...rest]: readonly string[]): StartedCommand {
  if (first?.startsWith(FROM)) return { argv: rest, reports: goFrom(first.slice(FROM.length)) };
  if (first?.startsWith(INSTALLED)) {
    callCommandsAs(INSTALLED_NAMES);
    useNativeFolder(nativeFolderIn(first.slice(INSTALLED.length)));
    return { argv: rest, reports: REPORTS };
  }
  if (!isInProject(workingFolder())) {
    callCommandsAs({ name: typedWords(["deno", "run", "-A", MAIN]) });
  }
  return { argv: first === undefined ? [] : [first, ...rest], reports: REPORTS };
}

/** The folder of the native kernels that an installed command compiles and loads. */
export function nativeFolderIn(cache: string): string {
  return join(cache, "native");
}

/** What `goToStart()` takes as the beginning of an installed command's line. */
export function installedArgument(cache: string): string {
  return `${INSTALLED}${cache}`;
}

/** Goes to a folder and returns the reports folder as seen from there. */
function goFrom(folder: string): string {
  // Empty where INIT_CWD is.
  if (folder === "") return REPORTS;
  try {
    goToFolder(folder);
  } catch (error) {
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    throw new UserError(`Cannot work in ${folder}, which INIT_CWD names: ${reason}`);
  }
  const here = relative(PROJECT, workingFolder());
  if (here === "" || !isInProject(workingFolder())) return REPORTS;
  return [...here.split(sep).map(() => ".."), REPORTS].join(sep);
}

function isInProject(folder: string): boolean {
  const path = relative(PROJECT, folder);
  return !isAbsolute(path) && path.split(sep)[0] !== "..";
}
