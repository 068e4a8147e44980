import { join } from "node:path";
import { asUserError } from "../files/as_user_error.ts";
import { namesIn } from "../files/folders.ts";
import { UserError } from "../user_error.ts";

/**
 * Refuses a name that differs from that of an earlier sweep in case only: many file systems hold one
 * folder for both, and reports that are moved there would replace each other.
 *
 * @throws {UserError} If there is such a folder, or the folder of reports cannot be read.
 */
export async function checkFolderName(reports: string, name: string): Promise<void> {
  const names = await namesIn(reports).catch((error) => {
    throw asUserError(error, `Cannot read ${reports}`, 1);
  });
  if (names.includes(name)) return;
  const other = names.find((other) => other.toLowerCase() === name.toLowerCase());
  if (other === undefined) return;
  throw new UserError({
    message: `Cannot use name ${name}: ${join(reports, other)} differs from it in case only, ` +
      "and is the same folder on some file systems",
    hint: "use another name, or --reports",
  });
}
