import { join } from "node:path";
import { renderReport } from "../../src/report/render_report.ts";
import type { ReportInput } from "../../src/report/report_input.ts";
import { HAS_TO_SKIP, withBrowsers, withReport } from "./_browser.ts";
import type { OpenReport } from "./_browser_step.ts";
import { COMPARED_STEPS } from "./_compared_steps.ts";
import { ANSWER_STEPS } from "./_answer_steps.ts";
import { CURVE_STEPS } from "./_curve_steps.ts";
import { DRAWING_STEPS } from "./_drawing_steps.ts";
import { INTERACTION_STEPS } from "./_interaction_steps.ts";
import { PAGE_STEPS } from "./_page_steps.ts";
import { SAFETY_STEPS } from "./_safety_steps.ts";
import { SETTINGS_STEPS } from "./_settings_steps.ts";
import { TABLE_STEPS } from "./_table_steps.ts";

const STEPS = {
  ...ANSWER_STEPS,
  ...DRAWING_STEPS,
  ...INTERACTION_STEPS,
  ...COMPARED_STEPS,
  ...CURVE_STEPS,
  ...TABLE_STEPS,
  ...SETTINGS_STEPS,
  ...PAGE_STEPS,
  ...SAFETY_STEPS,
};

Deno.test({
  name: "a report in a browser",
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
        for (const [name, step] of Object.entries(STEPS)) await t.step(name, () => step(open));
      } finally {
        await Deno.remove(folder, { recursive: true });
      }
    }),
});
