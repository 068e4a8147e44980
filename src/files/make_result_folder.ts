import { asUserError } from "./as_user_error.ts";
import { makeFolder } from "./folders.ts";

/**
 * Makes a folder for results, like `makeFolder()`.
 *
 * @throws {UserError} If it cannot be made, or leads out of the folder `within`; the exit code is 1.
 */
export async function makeResultFolder(folder: string, within?: string): Promise<void> {
  try {
    await makeFolder(folder, within);
  } catch (error) {
    throw asUserError(error, `Cannot make the folder ${folder}`, 1);
  }
}
