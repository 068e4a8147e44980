import { listSweeps } from "../api/list_sweeps.ts";
import { writeIndex } from "../api/report.ts";
import type { Invocation } from "./invocation.ts";
import { documentText } from "./json/document_text.ts";
import { showPage } from "./show_page.ts";

/** Writes the page over all sweeps of a reports folder. */
export async function index({ options }: Invocation, signal: AbortSignal): Promise<number> {
  const { reports } = options;
  const path = await writeIndex(reports, { signal });
  await showPage(path, options, async () => {
    return documentText("index", { path, ...await listSweeps(reports) });
  });
  return 0;
}
