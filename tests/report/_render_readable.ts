import { decompressText } from "../../src/report/page/compress_text.ts";
import { renderReport } from "../../src/report/render_report.ts";
import type { ReportInput } from "../../src/report/report_input.ts";

/** A report with its data as the text of JSON, which the page has compressed. */
export async function renderReadable(input: ReportInput): Promise<string> {
  return readablePage(await renderReport(input));
}

/** A report's page with its data as the text of JSON. */
export function readablePage(page: string): string {
  return page.replace(/(?<=<script type="text\/plain" id="report">)[^<]*/, decompressText);
}
