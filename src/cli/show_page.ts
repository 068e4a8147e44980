import { fileLine } from "./file_line.ts";
import { openInBrowser } from "./open_in_browser.ts";
import type { Options } from "./options.ts";
import { printLines } from "./output.ts";

/** Says where a page is that was written, and opens it if the user wants that. */
export async function showPage(
  path: string,
  { quiet, open }: Pick<Options, "quiet" | "open">,
): Promise<void> {
  if (!quiet) printLines([fileLine(path)]);
  if (open) await openInBrowser(path);
}
