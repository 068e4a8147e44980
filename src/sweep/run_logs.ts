import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { namesIn } from "../files/folders.ts";
import { makeResultFolder } from "../files/make_result_folder.ts";
import { removeIfThere } from "../files/write_file.ts";

/** Enough of a key that no two runs of a sweep share it. */
const DIGITS = 16;
const LOG_NAME = /^[0-9a-f]{16}\.log$/;

/** The log of the run with a key. */
export function logPath(folder: string, key: string): string {
  return join(folder, logName(key));
}

/**
 * Removes logs of runs that a sweep does not have.
 *
 * @param keys Gives the keys of those that it has; called if there are logs.
 * @throws {UserError} If the folder cannot be read, or leads elsewhere; the exit code is 1.
 */
export async function removeStaleLogs(
  folder: string,
  within: string,
  keys: () => Iterable<string>,
): Promise<void> {
  try {
    const logs = (await namesIn(folder)).filter((name) => LOG_NAME.test(name));
    if (logs.length === 0) return;
    await makeResultFolder(folder, within);
    const kept = new Set(Array.from(keys(), (key) => logName(key)));
    for (const name of logs) if (!kept.has(name)) removeIfThere(join(folder, name));
  } catch (error) {
    throw asUserError(error, `Cannot clear the folder ${folder}`, 1);
  }
}

function logName(key: string): string {
  return `${key.slice(0, DIGITS)}.log`;
}
