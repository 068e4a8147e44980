import { fileLine } from "./file_line.ts";
import { openInBrowser } from "./open_in_browser.ts";
import type { Options } from "./options.ts";
import { print, printLines } from "./output.ts";

/**
 * Says where a page is that a command has written, and opens it if the user wants that.
 *
 * @param json Gives what the command prints for programs.
 */
export async function showPage(
  path: string,
  { quiet, open, json: isForPrograms }: Pick<Options, "quiet" | "open" | "json">,
  json: () => string | Promise<string>,
): Promise<void> {
  if (isForPrograms) print(await json());
  else if (!quiet) printLines([fileLine(path)]);
  if (open) await openInBrowser(path);
}
