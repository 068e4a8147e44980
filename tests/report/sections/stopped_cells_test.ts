import { assertFalse, assertStringIncludes } from "@std/assert";
import { renderReport } from "../../../src/report/render_report.ts";
import { sampleInput } from "../_sample_input.ts";
import { SAMPLES } from "../_samples.ts";

Deno.test("renderReport() says which cells were stopped only if there are any", async () => {
  const page = await renderReport(sampleInput(SAMPLES.halving));
  assertStringIncludes(page, ">Stopped early</h2>");
  assertStringIncludes(page, "</bdi>; 25 cells stopped early</p>");
  assertFalse((await renderReport(sampleInput(SAMPLES.elasticNet))).includes("Stopped early"));
});
