import { fileLine } from "./file_line.ts";
import { documentText } from "./json/document_text.ts";
import { openInBrowser } from "./open_in_browser.ts";
import type { Options } from "./options.ts";
import { print, printLines } from "./output.ts";

/** Says where a page is that a command has written, and opens it if the user wants that. */
export async function showPage(
  command: "report" | "index",
  path: string,
  { quiet, open, json }: Pick<Options, "quiet" | "open" | "json">,
): Promise<void> {
  if (json) print(documentText(command, { path }));
  else if (!quiet) printLines([fileLine(path)]);
  if (open) await openInBrowser(path);
}
