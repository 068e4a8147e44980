import { join } from "node:path";
import { renderReport } from "../../src/report/render_report.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import { HAS_TO_SKIP, withBrowsers, withReport } from "./_browser.ts";
import type { BrowserStep, OpenReport } from "./_browser_step.ts";

/** Makes a test of steps that open reports in a browser, one after the other. */
export function testInBrowser(name: string, steps: Readonly<Record<string, BrowserStep>>): void {
  Deno.test({
    name,
    ignore: HAS_TO_SKIP,
    fn: (t) =>
      withBrowsers(async (use) => {
        const folder = await Deno.makeTempDir();
        const path = join(folder, "report.html");
        let written: ReportInput | undefined;
        const open: OpenReport = async (input, look, test) => {
          if (input !== written) await Deno.writeTextFile(path, await renderReport(input));
          written = input;
          await use((browser) => withReport(browser, path, look, test));
        };
        try {
          for (const [name, step] of Object.entries(steps)) await t.step(name, () => step(open));
        } finally {
          await Deno.remove(folder, { recursive: true });
        }
      }),
  });
}
