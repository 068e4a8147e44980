import type { Manifest } from "../results/manifest.ts";
import { OTHER_FILES, type ResultRows } from "../results/result_files.ts";
import { sha256 } from "../sha256.ts";
import type { Check, Finding } from "./check.ts";
import type { CheckedFolder } from "./check_files.ts";

/** How many characters of two pages are shown, and how many of these come before they differ. */
const SHOWN = 60;
const BEFORE = 20;

/**
 * Draws a sweep's report again, from rows and a manifest that are right, and compares it with the
 * one in the folder. Other code can draw another page from the same files: then it is not checked.
 */
export async function checkReport(
  folder: CheckedFolder,
  { manifest, ...rows }: ResultRows & { readonly manifest: Manifest },
): Promise<Check> {
  const subject = OTHER_FILES.report.name;
  const found = await folder.file(subject);
  // Its absence is a finding already.
  if (!found) return { subject, findings: [] };
  const [{ renderReport }, { pageCode }] = await Promise.all([
    import("../report/render_report.ts"),
    import("../report/page_code.ts"),
  ]);
  const text = await renderReport({ manifest, ...rows });
  if (await sha256(text) === found.checksum) return { subject, findings: [] };
  const then = folder.manifest.page;
  if (then?.checksum === (await pageCode()).checksum) {
    return { subject, findings: [difference(found.text, text)] };
  }
  const drawnBy = then
    ? `regsweep ${then.regsweep}, page code ${then.checksum.slice(0, 8)}`
    : `regsweep ${!manifest.imported && manifest.versions.regsweep || "?"} with unknown page code`;
  return { subject, findings: [], unchecked: `drawn by ${drawnBy}` };
}

function difference(found: string, drawn: string): Finding {
  let at = 0;
  while (at < found.length && found[at] === drawn[at]) at++;
  const line = found.slice(0, at).split("\n").length;
  const shown = (text: string) => {
    const start = Math.max(0, at - BEFORE);
    return JSON.stringify(text.slice(start, start + SHOWN));
  };
  const what = `These files give another report: line ${line} is the first that differs`;
  return { what, expected: shown(found), actual: shown(drawn) };
}
