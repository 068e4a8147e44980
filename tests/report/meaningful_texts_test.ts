import { assertStringIncludes } from "@std/assert";
import { renderReport } from "../../src/report/render_report.ts";
import { hostileInput, MEANINGFUL_TEXTS } from "./_hostile_input.ts";
import { SAMPLES } from "./_samples.ts";

Deno.test("renderReport() draws users' texts whatever they mean elsewhere", async () => {
  for (const text of MEANINGFUL_TEXTS) {
    for (
      const sample of [
        SAMPLES.allDiverged,
        SAMPLES.oneCell,
        SAMPLES.threeWays,
        SAMPLES.prices,
        SAMPLES.skewed,
      ]
    ) {
      const page = await renderReport(hostileInput(sample, text));
      assertStringIncludes(page, "</html>", text);
    }
  }
});
